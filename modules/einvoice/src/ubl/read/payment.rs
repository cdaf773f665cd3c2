use chrono::NaiveDate;

use super::super::UNDEFINED_MEANS;
use crate::{
    model::{Account, Card, DirectDebit, Payment},
    xml::{Element, ReadError},
};

pub struct PaymentRead {
    pub payment: Option<Payment>,
    /// BT-9, where a credit note has it.
    pub due_on: Option<NaiveDate>,
    pub is_debited: bool,
}

pub fn read(root: Element<'_>) -> Result<PaymentRead, ReadError> {
    let mut due_on = None;
    let mut payment: Option<Payment> = None;
    for one in root.children("cac:PaymentMeans") {
        due_on = due_on.or(one.date("cbc:PaymentDueDate")?);
        let read = means(one);
        match &mut payment {
            None => payment = Some(read),
            Some(all) => {
                all.accounts.extend(read.accounts);
                all.means_text = all.means_text.take().or(read.means_text);
                all.remittance = all.remittance.take().or(read.remittance);
                all.card = all.card.take().or(read.card);
                all.direct_debit = all.direct_debit.take().or(read.direct_debit);
            }
        }
    }
    let only_the_date = Payment { means: UNDEFINED_MEANS.to_owned(), ..Payment::default() };
    if due_on.is_some() && payment.as_ref() == Some(&only_the_date) {
        payment = None;
    }
    let is_debited = payment.as_ref().is_some_and(|payment| payment.direct_debit.is_some());
    Ok(PaymentRead { payment, due_on, is_debited })
}

fn means(of: Element<'_>) -> Payment {
    let code = of.at("cbc:PaymentMeansCode");
    Payment {
        means: code.and_then(Element::own_text).unwrap_or_default(),
        means_text: code.and_then(|code| code.attribute("name")),
        remittance: of.text("cbc:PaymentID"),
        accounts: of.children("cac:PayeeFinancialAccount").into_iter().map(account).collect(),
        card: of.at("cac:CardAccount").map(card),
        direct_debit: of.at("cac:PaymentMandate").map(|mandate| DirectDebit {
            mandate: mandate.text("cbc:ID"),
            creditor: None,
            account: mandate.text("cac:PayerFinancialAccount/cbc:ID"),
        }),
    }
}

fn account(of: Element<'_>) -> Account {
    Account {
        id: of.text("cbc:ID").unwrap_or_default(),
        name: of.text("cbc:Name"),
        bic: of.text("cac:FinancialInstitutionBranch/cbc:ID"),
    }
}

fn card(of: Element<'_>) -> Card {
    of.pass("cbc:NetworkID");
    Card { number: of.text("cbc:PrimaryAccountNumberID").unwrap_or_default(), holder: of.text("cbc:HolderName") }
}
