use base::{Faults, value::Text};
use iban::BaseIban;
use poem_openapi::Object;
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

/// Where to pay to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, Object)]
pub struct BankAccount {
    /// ISO 13616, without spaces.
    pub iban: String,
    /// ISO 9362
    pub bic: Option<String>,
    /// Whose it is.
    pub name: Option<String>,
}

/// Where to pay to.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
#[oai(deny_unknown_fields)]
pub struct NewBankAccount {
    /// ISO 13616; spaces do not matter.
    pub iban: Text<42>,
    /// ISO 9362
    pub bic: Option<Text<11>>,
    /// Whose it is; the seller's when absent.
    pub name: Option<Text<70>>,
}

impl NewBankAccount {
    pub fn checked(self, faults: &mut Faults) -> BankAccount {
        let iban: String = self.iban.as_str().chars().filter(|letter| !letter.is_whitespace()).collect();
        if !is_iban(&iban) {
            faults.add("/bank_account/iban", "invalid_iban", "Not an IBAN: a digit is wrong or missing.");
        }
        let bic = self.bic.map(String::from);
        if bic.as_ref().is_some_and(|bic| !is_bic(bic)) {
            faults.add("/bank_account/bic", "invalid_bic", "Not a BIC: it has 8 or 11 capital letters and digits.");
        }
        BankAccount { iban, bic, name: self.name.map(Into::into) }
    }
}

/// ISO 13616.
fn is_iban(iban: &str) -> bool {
    iban.parse::<BaseIban>().is_ok()
}

fn is_bic(bic: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    [8, 11].contains(&bic.len()) && bic.bytes().all(letter) && bic.bytes().take(6).all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_number_checks_itself() {
        for right in ["DE89370400440532013000", "GB82WEST12345698765432", "NO9386011117947"] {
            assert!(is_iban(right), "{right}");
        }
        for wrong in [
            "DE89370400440532013001",
            "DE8937040044053201300",
            "de89370400440532013000",
            "",
            "DE89",
            "ÄÖ82WEST1234569876",
        ] {
            assert!(!is_iban(wrong), "{wrong}");
        }
        assert!(is_bic("COBADEFFXXX") && is_bic("COBADEFF") && !is_bic("COBADEF") && !is_bic("cobadeff"));
    }
}
