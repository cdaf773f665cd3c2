mod agreement;
mod line;
mod party;
mod payment;
mod settlement;

use chrono::NaiveDate;

use crate::{
    Invoice,
    model::{Currency, Delivery, Identifier, Kind, Note, Period},
    xml::{Element, ReadError},
};

pub fn read(root: Element<'_>) -> Result<Invoice, ReadError> {
    let head = root.group("rsm:ExchangedDocument", "BR-02")?;
    let trade = root.group("rsm:SupplyChainTradeTransaction", "BR-16")?;
    let agreement = trade.group("ram:ApplicableHeaderTradeAgreement", "BR-06")?;
    let settlement = trade.group("ram:ApplicableHeaderTradeSettlement", "BR-12")?;

    let kind =
        head.code("ram:TypeCode", "BR-CL-01", Kind::parse)?.ok_or_else(|| head.missing("ram:TypeCode", "BR-04"))?;
    let issued_on = date(head, "ram:IssueDateTime")?.ok_or_else(|| head.missing("ram:IssueDateTime", "BR-03"))?;
    let at = "ram:InvoiceCurrencyCode";
    let currency = settlement.code(at, "BR-CL-04", Currency::parse)?.ok_or_else(|| settlement.missing(at, "BR-05"))?;
    let seller = party::seller(agreement.group("ram:SellerTradeParty", "BR-06")?)?;
    let buyer = party::buyer(agreement.group("ram:BuyerTradeParty", "BR-07")?)?;
    let number = head.text("ram:ID").unwrap_or_default();
    let mut it = Invoice::new(number, kind, issued_on, currency, seller, buyer);

    it.notes = head
        .children("ram:IncludedNote")
        .into_iter()
        .map(|note| Note { subject: note.text("ram:SubjectCode"), text: note.text("ram:Content").unwrap_or_default() })
        .collect();
    agreement::into(&mut it, agreement)?;
    if let Some(delivery) = trade.at("ram:ApplicableHeaderTradeDelivery") {
        it.delivery = delivered(delivery)?;
        it.references.despatch_advice = delivery.text("ram:DespatchAdviceReferencedDocument/ram:IssuerAssignedID");
        it.references.receiving_advice = delivery.text("ram:ReceivingAdviceReferencedDocument/ram:IssuerAssignedID");
    }
    settlement::into(&mut it, settlement)?;
    it.lines =
        trade.children("ram:IncludedSupplyChainTradeLineItem").into_iter().map(line::line).collect::<Result<_, _>>()?;
    Ok(it)
}

pub fn date(of: Element<'_>, path: &str) -> Result<Option<NaiveDate>, ReadError> {
    of.at(path).map_or(Ok(None), |date| date.date("udt:DateTimeString"))
}

pub fn period(of: Element<'_>) -> Result<Option<Period>, ReadError> {
    Ok(Period::new(date(of, "ram:StartDateTime")?, date(of, "ram:EndDateTime")?))
}

/// Those without a scheme first.
pub fn identifiers(of: Element<'_>) -> Vec<Identifier> {
    of.children("ram:ID").into_iter().chain(of.children("ram:GlobalID")).filter_map(identifier).collect()
}

pub fn identifier(of: Element<'_>) -> Option<Identifier> {
    Some(Identifier { value: of.own_text()?, scheme: of.attribute("schemeID") })
}

fn delivered(of: Element<'_>) -> Result<Option<Delivery>, ReadError> {
    let delivered_on =
        of.at("ram:ActualDeliverySupplyChainEvent").map_or(Ok(None), |event| date(event, "ram:OccurrenceDateTime"))?;
    let Some(to) = of.at("ram:ShipToTradeParty") else {
        return Ok(delivered_on.map(|day| Delivery { delivered_on: Some(day), ..Delivery::default() }));
    };
    let address = to.at("ram:PostalTradeAddress").map(|address| party::address(address, "BR-57")).transpose()?;
    let location = identifiers(to).into_iter().next();
    Ok(Some(Delivery { party_name: to.text("ram:Name"), location, delivered_on, address }))
}
