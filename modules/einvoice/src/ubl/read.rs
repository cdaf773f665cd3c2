mod line;
mod party;
mod payment;
mod sums;

use super::{INVOICED_OBJECT, NOTHING, PROJECT};
use crate::{
    Invoice, codes,
    model::{
        Attachment, Currency, Delivery, Identifier, Kind, Note, Period, Preceding, References, TaxPoint, TaxPointEvent,
        UnknownCode,
    },
    xml::{Element, ReadError, value},
};

pub fn read(root: Element<'_>) -> Result<Invoice, ReadError> {
    let type_code = if root.is("cn:CreditNote") { "cbc:CreditNoteTypeCode" } else { "cbc:InvoiceTypeCode" };
    let kind = root.code(type_code, "BR-CL-01", Kind::parse)?.ok_or_else(|| root.missing(type_code, "BR-04"))?;
    let issued_on = root.date("cbc:IssueDate")?.ok_or_else(|| root.missing("cbc:IssueDate", "BR-03"))?;
    let at = "cbc:DocumentCurrencyCode";
    let currency = root.code(at, "BR-CL-04", Currency::parse)?.ok_or_else(|| root.missing(at, "BR-05"))?;
    let payment = payment::read(root)?;
    let seller = party::seller(root, payment.is_debited)?;
    let buyer = party::buyer(root)?;
    let number = root.text("cbc:ID").unwrap_or_default();
    let mut it = Invoice::new(number, kind, issued_on, currency, seller.party, buyer);

    it.due_on = root.date("cbc:DueDate")?.or(payment.due_on);
    it.payee = party::payee(root, payment.is_debited);
    it.payment = payment.payment;
    if let Some(debit) = it.payment.as_mut().and_then(|payment| payment.direct_debit.as_mut()) {
        debit.creditor = seller.creditor.or_else(|| party::payee_creditor(root));
    }
    it.terms = root.text("cac:PaymentTerms/cbc:Note");
    it.tax_point = tax_point(root)?;
    it.buyer_reference = root.text("cbc:BuyerReference");
    it.buyer_accounting = root.text("cbc:AccountingCost");
    it.notes = root.children("cbc:Note").into_iter().filter_map(Element::own_text).map(note).collect();
    it.preceding = preceding(root)?;
    (it.references, it.attachments) = references(root)?;
    it.tax_representative = party::tax_representative(root)?;
    it.period = root.at("cac:InvoicePeriod").map_or(Ok(None), period)?;
    it.delivery = root.at("cac:Delivery").map(delivery).transpose()?;
    (it.allowances, it.charges) = sums::on_the_document(root)?;
    (it.totals, it.breakdown, it.tax_currency) = sums::totals(root, currency)?;
    it.lines = line::lines(root)?;
    Ok(it)
}

/// `#AAI#text`, where the code is one.
fn note(text: String) -> Note {
    let parts = text.strip_prefix('#').and_then(|rest| rest.split_once('#'));
    match parts.filter(|(subject, _)| codes::NOTE.has(subject)) {
        Some((subject, rest)) => Note { subject: Some(subject.to_owned()), text: crate::xml::trim(rest).to_owned() },
        None => Note { subject: None, text },
    }
}

fn tax_point(root: Element<'_>) -> Result<Option<TaxPoint>, ReadError> {
    let event = |code: &str| {
        TaxPointEvent::ALL
            .into_iter()
            .find(|event| event.ubl_code() == code)
            .ok_or_else(|| UnknownCode { code: code.to_owned(), list: "UNTDID 2005, as EN 16931 takes it" })
    };
    let day = root.date("cbc:TaxPointDate")?.map(TaxPoint::On);
    let with = root.code("cac:InvoicePeriod/cbc:DescriptionCode", "BR-CL-06", event)?.map(TaxPoint::With);
    if day.is_some() && with.is_some() {
        let both = root.at("cbc:TaxPointDate").unwrap_or(root);
        return Err(both.wrong("there is a code for the tax point as well.", "BR-CO-03"));
    }
    Ok(day.or(with))
}

pub fn period(of: Element<'_>) -> Result<Option<Period>, ReadError> {
    Ok(Period::new(of.date("cbc:StartDate")?, of.date("cbc:EndDate")?))
}

pub fn identifier(of: Element<'_>) -> Option<Identifier> {
    Some(Identifier { value: of.own_text()?, scheme: of.attribute("schemeID") })
}

fn preceding(root: Element<'_>) -> Result<Vec<Preceding>, ReadError> {
    root.children("cac:BillingReference")
        .into_iter()
        .filter_map(|reference| reference.at("cac:InvoiceDocumentReference"))
        .map(|one| {
            Ok(Preceding { number: one.text("cbc:ID").unwrap_or_default(), issued_on: one.date("cbc:IssueDate")? })
        })
        .collect()
}

fn references(root: Element<'_>) -> Result<(References, Vec<Attachment>), ReadError> {
    let to = |name: &str| root.text(&format!("{name}/cbc:ID"));
    let mut refer = References {
        project: to("cac:ProjectReference"),
        contract: to("cac:ContractDocumentReference"),
        order: to("cac:OrderReference").filter(|id| id != NOTHING),
        sales_order: root.text("cac:OrderReference/cbc:SalesOrderID"),
        receiving_advice: to("cac:ReceiptDocumentReference"),
        despatch_advice: to("cac:DespatchDocumentReference"),
        tender: to("cac:OriginatorDocumentReference"),
        object: None,
    };
    let mut attachments = Vec::new();
    for one in root.children("cac:AdditionalDocumentReference") {
        match one.text("cbc:DocumentTypeCode").as_deref() {
            Some(INVOICED_OBJECT) => refer.object = one.at("cbc:ID").and_then(identifier),
            Some(PROJECT) if root.is("cn:CreditNote") => refer.project = one.text("cbc:ID"),
            _ => attachments.push(attachment(one)?),
        }
    }
    Ok((refer, attachments))
}

fn attachment(of: Element<'_>) -> Result<Attachment, ReadError> {
    let file = of.at("cac:Attachment/cbc:EmbeddedDocumentBinaryObject").map(value::file).transpose()?.flatten();
    Ok(Attachment {
        reference: of.text("cbc:ID").unwrap_or_default(),
        description: of.text("cbc:DocumentDescription"),
        location: of.text("cac:Attachment/cac:ExternalReference/cbc:URI"),
        file,
    })
}

fn delivery(of: Element<'_>) -> Result<Delivery, ReadError> {
    let location = of.at("cac:DeliveryLocation");
    Ok(Delivery {
        party_name: of.text("cac:DeliveryParty/cac:PartyName/cbc:Name"),
        location: location.and_then(|at| at.at("cbc:ID")).and_then(identifier),
        delivered_on: of.date("cbc:ActualDeliveryDate")?,
        address: location
            .and_then(|at| at.at("cac:Address"))
            .map(|address| party::address(address, "BR-57"))
            .transpose()?,
    })
}
