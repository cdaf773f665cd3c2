mod agreement;
mod line;
mod party;
mod payment;
mod settlement;

use chrono::NaiveDate;

use crate::{
    Invoice, Profile,
    model::{Delivery, Identifier, Period},
    xml::Node,
};

pub fn document(it: &Invoice, profile: Profile) -> Node {
    let parameter = |name, id: &str| Node::group(name).with(Node::leaf("ram:ID", id));
    let context = Node::group("rsm:ExchangedDocumentContext")
        .with(profile.process().map(|id| parameter("ram:BusinessProcessSpecifiedDocumentContextParameter", id)))
        .with(parameter("ram:GuidelineSpecifiedDocumentContextParameter", profile.specification()));
    let notes = it.notes.iter().map(|note| {
        Node::group("ram:IncludedNote")
            .with(Node::leaf("ram:Content", &note.text))
            .with(Node::maybe("ram:SubjectCode", note.subject.as_ref()))
    });
    let head = Node::group("rsm:ExchangedDocument")
        .with(Node::leaf("ram:ID", &it.number))
        .with(Node::leaf("ram:TypeCode", it.kind.code()))
        .with(date("ram:IssueDateTime", Some(it.issued_on)))
        .with(notes);
    let transaction = Node::group("rsm:SupplyChainTradeTransaction")
        .with(it.lines.iter().map(|one| line::line(it, one)))
        .with(agreement::agreement(it))
        .with(delivery(it))
        .with(settlement::settlement(it, profile));
    Node::group("rsm:CrossIndustryInvoice").with(context).with(head).with(transaction)
}

pub fn date(name: &'static str, day: Option<NaiveDate>) -> Node {
    Node::group(name).with(in_full("udt:DateTimeString", day))
}

/// UNTDID 2379, format 102: `CCYYMMDD`.
pub fn in_full(name: &'static str, day: Option<NaiveDate>) -> Option<Node> {
    day.map(|day| Node::leaf(name, day.format("%Y%m%d").to_string()).attribute("format", "102"))
}

pub fn period(period: Option<Period>) -> Node {
    Node::group("ram:BillingSpecifiedPeriod")
        .with(date("ram:StartDateTime", period.and_then(Period::start)))
        .with(date("ram:EndDateTime", period.and_then(Period::end)))
}

/// Those with a scheme have an element of their own.
pub fn identifiers<'a>(of: impl IntoIterator<Item = &'a Identifier>) -> Vec<Node> {
    let (plain, schemed): (Vec<_>, Vec<_>) = of.into_iter().partition(|one| one.scheme.is_none());
    let plain = plain.into_iter().map(|one| Node::leaf("ram:ID", &one.value));
    plain.chain(schemed.into_iter().map(|one| identifier("ram:GlobalID", one))).collect()
}

pub fn identifier(name: &'static str, of: &Identifier) -> Node {
    Node::leaf(name, &of.value).attribute("schemeID", of.scheme.as_deref())
}

pub fn referenced(name: &'static str, id: Option<&String>) -> Node {
    Node::group(name).with(Node::maybe("ram:IssuerAssignedID", id))
}

fn delivery(it: &Invoice) -> Node {
    let to = it.delivery.as_ref().map(|of: &Delivery| {
        Node::group("ram:ShipToTradeParty")
            .with(identifiers(&of.location))
            .with(Node::maybe("ram:Name", of.party_name.as_ref()))
            .with(of.address.as_ref().map(party::address))
    });
    let when = it.delivery.as_ref().and_then(|of| of.delivered_on);
    Node::kept("ram:ApplicableHeaderTradeDelivery")
        .with(to)
        .with(Node::group("ram:ActualDeliverySupplyChainEvent").with(date("ram:OccurrenceDateTime", when)))
        .with(referenced("ram:DespatchAdviceReferencedDocument", it.references.despatch_advice.as_ref()))
        .with(referenced("ram:ReceivingAdviceReferencedDocument", it.references.receiving_advice.as_ref()))
}
