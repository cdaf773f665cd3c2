use super::date;
use crate::{
    Invoice,
    form::is_iban,
    model::{Account, Card, Payment},
    xml::{Node, trim},
};

/// One for each account.
pub fn means(of: &Payment) -> Vec<Node> {
    let debited = of.direct_debit.as_ref().and_then(|debit| debit.account.as_ref());
    let first = Node::group("ram:SpecifiedTradeSettlementPaymentMeans")
        .with(Node::leaf("ram:TypeCode", &of.means))
        .with(Node::maybe("ram:Information", of.means_text.as_ref()))
        .with(of.card.as_ref().map(card))
        .with(Node::group("ram:PayerPartyDebtorFinancialAccount").with(Node::maybe("ram:IBANID", debited)))
        .with(of.accounts.first().map(account).unwrap_or_default());
    let others = of.accounts.iter().skip(1).map(|one| {
        Node::group("ram:SpecifiedTradeSettlementPaymentMeans")
            .with(Node::leaf("ram:TypeCode", &of.means))
            .with(account(one))
    });
    std::iter::once(first).chain(others).collect()
}

fn card(of: &Card) -> Node {
    Node::group("ram:ApplicableTradeSettlementFinancialCard")
        .with(Node::leaf("ram:ID", &of.number))
        .with(Node::maybe("ram:CardholderName", of.holder.as_ref()))
}

fn account(of: &Account) -> Vec<Node> {
    let id = trim(&of.id);
    let (iban, other) = if is_iban(id) { (Some(id), None) } else { (None, Some(id)) };
    let account = Node::group("ram:PayeePartyCreditorFinancialAccount")
        .with(iban.map(|id| Node::leaf("ram:IBANID", id)))
        .with(Node::maybe("ram:AccountName", of.name.as_ref()))
        .with(other.map(|id| Node::leaf("ram:ProprietaryID", id)));
    let bank =
        Node::group("ram:PayeeSpecifiedCreditorFinancialInstitution").with(Node::maybe("ram:BICID", of.bic.as_ref()));
    vec![account, bank]
}

/// After a cash discount of `XRechnung` there has to be a line's end (BR-DE-18).
pub fn terms(it: &Invoice) -> Node {
    let text = it.terms.as_deref().map(trim).unwrap_or_default();
    let end = if text.lines().next_back().is_some_and(|line| line.starts_with('#')) { "\n" } else { "" };
    let mandate = it.payment.as_ref().and_then(|payment| payment.direct_debit.as_ref()?.mandate.as_ref());
    Node::group("ram:SpecifiedTradePaymentTerms")
        .with(Node::exact("ram:Description", format!("{text}{end}")))
        .with(date("ram:DueDateDateTime", it.due_on))
        .with(Node::maybe("ram:DirectDebitMandateID", mandate))
}
