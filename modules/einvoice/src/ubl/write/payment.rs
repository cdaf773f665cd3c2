use super::{
    super::{NOTHING, UNDEFINED_MEANS},
    date,
};
use crate::{
    Invoice,
    model::{Account, Card, DirectDebit, Payment},
    xml::{Node, trim},
};

/// One for each account; a credit note has its due date here.
pub fn means(it: &Invoice) -> Vec<Node> {
    let due_on = if it.kind.is_credit() { it.due_on } else { None };
    let Some(payment) = &it.payment else {
        let only_the_date = due_on.map(|day| {
            Node::group("cac:PaymentMeans")
                .with(Node::leaf("cbc:PaymentMeansCode", UNDEFINED_MEANS))
                .with(date("cbc:PaymentDueDate", Some(day)))
        });
        return only_the_date.into_iter().collect();
    };
    let first = Node::group("cac:PaymentMeans")
        .with(Node::leaf("cbc:PaymentMeansCode", &payment.means).attribute("name", payment.means_text.as_deref()))
        .with(date("cbc:PaymentDueDate", due_on))
        .with(Node::maybe("cbc:PaymentID", payment.remittance.as_ref()))
        .with(payment.card.as_ref().map(card))
        .with(payment.accounts.first().map(account))
        .with(payment.direct_debit.as_ref().map(mandate));
    std::iter::once(first).chain(payment.accounts.iter().skip(1).map(|one| another(payment, one))).collect()
}

fn another(payment: &Payment, to: &Account) -> Node {
    Node::group("cac:PaymentMeans")
        .with(Node::leaf("cbc:PaymentMeansCode", &payment.means))
        .with(Node::maybe("cbc:PaymentID", payment.remittance.as_ref()))
        .with(account(to))
}

fn card(of: &Card) -> Node {
    Node::group("cac:CardAccount")
        .with(Node::leaf("cbc:PrimaryAccountNumberID", &of.number))
        .with(Node::leaf("cbc:NetworkID", NOTHING))
        .with(Node::maybe("cbc:HolderName", of.holder.as_ref()))
}

fn account(of: &Account) -> Node {
    Node::group("cac:PayeeFinancialAccount")
        .with(Node::leaf("cbc:ID", &of.id))
        .with(Node::maybe("cbc:Name", of.name.as_ref()))
        .with(Node::group("cac:FinancialInstitutionBranch").with(Node::maybe("cbc:ID", of.bic.as_ref())))
}

fn mandate(of: &DirectDebit) -> Node {
    let debited = Node::group("cac:PayerFinancialAccount").with(Node::maybe("cbc:ID", of.account.as_ref()));
    Node::group("cac:PaymentMandate").with(Node::maybe("cbc:ID", of.mandate.as_ref())).with(debited)
}

/// After a cash discount of `XRechnung` there has to be a line's end (BR-DE-18).
pub fn terms(it: &Invoice) -> Option<Node> {
    let terms = trim(it.terms.as_deref()?);
    let end = if terms.lines().next_back().is_some_and(|line| line.starts_with('#')) { "\n" } else { "" };
    Some(Node::group("cac:PaymentTerms").with(Node::exact("cbc:Note", format!("{terms}{end}"))))
}
