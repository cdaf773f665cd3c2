use crate::{
    model::{Account, Card, DirectDebit, Payment},
    xml::Element,
};

/// BG-16, if there is a means of payment or something of a direct debit.
pub fn payment(of: Element<'_>) -> Option<Payment> {
    let all = of.children("ram:SpecifiedTradeSettlementPaymentMeans");
    let mut debit = DirectDebit {
        mandate: of
            .children("ram:SpecifiedTradePaymentTerms")
            .into_iter()
            .find_map(|terms| terms.text("ram:DirectDebitMandateID")),
        creditor: of.text("ram:CreditorReferenceID"),
        account: None,
    };
    let mut payment = Payment::default();
    for one in &all {
        if payment.means.is_empty() {
            payment.means = one.text("ram:TypeCode").unwrap_or_default();
        } else {
            one.pass("ram:TypeCode");
        }
        payment.means_text = payment.means_text.or_else(|| one.text("ram:Information"));
        payment.card = payment.card.or_else(|| one.at("ram:ApplicableTradeSettlementFinancialCard").map(card));
        debit.account = debit.account.or_else(|| one.text("ram:PayerPartyDebtorFinancialAccount/ram:IBANID"));
        payment.accounts.extend(account(*one));
    }
    payment.direct_debit = Some(debit).filter(|debit| *debit != DirectDebit::default());
    if all.is_empty() && payment.direct_debit.is_none() {
        return None;
    }
    payment.remittance = of.text("ram:PaymentReference");
    Some(payment)
}

fn card(of: Element<'_>) -> Card {
    Card { number: of.text("ram:ID").unwrap_or_default(), holder: of.text("ram:CardholderName") }
}

fn account(of: Element<'_>) -> Option<Account> {
    let account = of.at("ram:PayeePartyCreditorFinancialAccount")?;
    Some(Account {
        id: account.text("ram:IBANID").or_else(|| account.text("ram:ProprietaryID")).unwrap_or_default(),
        name: account.text("ram:AccountName"),
        bic: of.text("ram:PayeeSpecifiedCreditorFinancialInstitution/ram:BICID"),
    })
}
