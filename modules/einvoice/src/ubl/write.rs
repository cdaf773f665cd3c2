mod line;
mod party;
mod payment;
mod sums;

use chrono::NaiveDate;

use super::{INVOICED_OBJECT, NOTHING, PROJECT};
use crate::{
    Invoice, Profile,
    model::{Attachment, Delivery, Identifier, Note, Period, TaxPoint},
    xml::Node,
};

/// In the order that the schemas demand, which differs between the two.
pub fn document(it: &Invoice, profile: Profile) -> Node {
    let credit = it.kind.is_credit();
    let head = Node::group(if credit { "CreditNote" } else { "Invoice" })
        .with(Node::leaf("cbc:CustomizationID", profile.specification()))
        .with(profile.process().map(|process| Node::leaf("cbc:ProfileID", process)))
        .with(Node::leaf("cbc:ID", &it.number))
        .with(date("cbc:IssueDate", Some(it.issued_on)));
    let tax_point = match it.tax_point {
        Some(TaxPoint::On(day)) => Some(day),
        _ => None,
    };
    let head = if credit {
        head.with(date("cbc:TaxPointDate", tax_point))
            .with(Node::leaf("cbc:CreditNoteTypeCode", it.kind.code()))
            .with(it.notes.iter().map(note))
    } else {
        head.with(date("cbc:DueDate", it.due_on))
            .with(Node::leaf("cbc:InvoiceTypeCode", it.kind.code()))
            .with(it.notes.iter().map(note))
            .with(date("cbc:TaxPointDate", tax_point))
    };
    let head = head
        .with(Node::leaf("cbc:DocumentCurrencyCode", it.currency.code()))
        .with(it.tax_currency.map(|other| Node::leaf("cbc:TaxCurrencyCode", other.currency.code())))
        .with(Node::maybe("cbc:AccountingCost", it.buyer_accounting.as_ref()))
        .with(Node::maybe("cbc:BuyerReference", it.buyer_reference.as_ref()))
        .with(invoicing_period(it));
    references(it, head)
        .with(party::seller(it))
        .with(party::buyer(&it.buyer))
        .with(it.payee.as_ref().map(party::payee))
        .with(it.tax_representative.as_ref().map(party::tax_representative))
        .with(it.delivery.as_ref().map(delivery))
        .with(payment::means(it))
        .with(payment::terms(it))
        .with(it.allowances.iter().map(|one| sums::on_the_document(one, "false", it.currency)))
        .with(it.charges.iter().map(|one| sums::on_the_document(one, "true", it.currency)))
        .with(sums::taxes(it, profile))
        .with(sums::totals(it))
        .with(it.lines.iter().map(|one| line::line(it, one)))
}

fn note(note: &Note) -> Node {
    let subject = note.subject.as_ref().map(|code| format!("#{code}#")).unwrap_or_default();
    Node::leaf("cbc:Note", format!("{subject}{}", note.text))
}

pub fn date(name: &'static str, day: Option<NaiveDate>) -> Option<Node> {
    day.map(|day| Node::leaf(name, day.format("%Y-%m-%d").to_string()))
}

pub fn period(period: Option<Period>) -> Node {
    Node::group("cac:InvoicePeriod")
        .with(date("cbc:StartDate", period.and_then(Period::start)))
        .with(date("cbc:EndDate", period.and_then(Period::end)))
}

fn invoicing_period(it: &Invoice) -> Node {
    let event = match it.tax_point {
        Some(TaxPoint::With(event)) => Some(Node::leaf("cbc:DescriptionCode", event.ubl_code())),
        _ => None,
    };
    period(it.period).with(event)
}

fn references(it: &Invoice, head: Node) -> Node {
    let refer = &it.references;
    let to = |name, id: Option<&String>| Node::group(name).with(Node::maybe("cbc:ID", id));
    let order = match (&refer.order, &refer.sales_order) {
        (None, None) => None,
        (order, sales) => Some(
            Node::group("cac:OrderReference")
                .with(Node::leaf("cbc:ID", order.as_deref().unwrap_or(NOTHING)))
                .with(Node::maybe("cbc:SalesOrderID", sales.as_ref())),
        ),
    };
    let preceding = it.preceding.iter().map(|one| {
        let document = Node::group("cac:InvoiceDocumentReference")
            .with(Node::leaf("cbc:ID", &one.number))
            .with(date("cbc:IssueDate", one.issued_on));
        Node::group("cac:BillingReference").with(document)
    });
    let despatch = to("cac:DespatchDocumentReference", refer.despatch_advice.as_ref());
    let receipt = to("cac:ReceiptDocumentReference", refer.receiving_advice.as_ref());
    let tender = to("cac:OriginatorDocumentReference", refer.tender.as_ref());
    let contract = to("cac:ContractDocumentReference", refer.contract.as_ref());
    let object = refer.object.as_ref().map(object);
    let attachments = it.attachments.iter().map(attachment);
    let head = head.with(order).with(preceding).with(despatch).with(receipt);
    if it.kind.is_credit() {
        let project = refer.project.as_ref().map(|project| {
            Node::group("cac:AdditionalDocumentReference")
                .with(Node::leaf("cbc:ID", project))
                .with(Node::leaf("cbc:DocumentTypeCode", PROJECT))
        });
        head.with(contract).with(object).with(project).with(attachments).with(tender)
    } else {
        let project = to("cac:ProjectReference", refer.project.as_ref());
        head.with(tender).with(contract).with(object).with(attachments).with(project)
    }
}

fn object(object: &Identifier) -> Node {
    Node::group("cac:AdditionalDocumentReference")
        .with(identifier("cbc:ID", object))
        .with(Node::leaf("cbc:DocumentTypeCode", INVOICED_OBJECT))
}

pub fn identifier(name: &'static str, identifier: &Identifier) -> Node {
    Node::leaf(name, &identifier.value).attribute("schemeID", identifier.scheme.as_deref())
}

fn attachment(of: &Attachment) -> Node {
    let file = of.file.as_ref().map(|file| {
        Node::leaf("cbc:EmbeddedDocumentBinaryObject", crate::xml::value::base64(&file.bytes))
            .attribute("mimeCode", file.mime.as_str())
            .attribute("filename", file.name.as_str())
    });
    let outside = Node::group("cac:ExternalReference").with(Node::maybe("cbc:URI", of.location.as_ref()));
    Node::group("cac:AdditionalDocumentReference")
        .with(Node::leaf("cbc:ID", &of.reference))
        .with(Node::maybe("cbc:DocumentDescription", of.description.as_ref()))
        .with(Node::group("cac:Attachment").with(file).with(outside))
}

fn delivery(of: &Delivery) -> Node {
    let location = Node::group("cac:DeliveryLocation")
        .with(of.location.as_ref().map(|one| identifier("cbc:ID", one)))
        .with(of.address.as_ref().map(|address| party::address("cac:Address", address)));
    let name = Node::group("cac:PartyName").with(Node::maybe("cbc:Name", of.party_name.as_ref()));
    Node::group("cac:Delivery")
        .with(date("cbc:ActualDeliveryDate", of.delivered_on))
        .with(location)
        .with(Node::group("cac:DeliveryParty").with(name))
}
