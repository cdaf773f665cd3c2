use super::{
    agreement::object,
    period,
    settlement::{adjustments, of_a_line},
};
use crate::{
    model::{BaseQuantity, Country, Gross, Item, Line, Price, Schemed},
    xml::{Element, ReadError, value},
};

pub fn line(of: Element<'_>) -> Result<Line, ReadError> {
    let settlement = of.group("ram:SpecifiedLineTradeSettlement", "BR-24")?;
    let agreement = of.group("ram:SpecifiedLineTradeAgreement", "BR-26")?;
    let delivery = of.group("ram:SpecifiedLineTradeDelivery", "BR-22")?;
    let quantity = "ram:BilledQuantity";
    let (allowances, charges) = adjustments(settlement, ["BR-41", "BR-43"], |_, adjustment, _| Ok(adjustment))?;
    let net = settlement.group("ram:SpecifiedTradeSettlementLineMonetarySummation", "BR-24")?;
    Ok(Line {
        id: of.text("ram:AssociatedDocumentLineDocument/ram:LineID").unwrap_or_default(),
        note: of.text("ram:AssociatedDocumentLineDocument/ram:IncludedNote/ram:Content"),
        object: settlement.at("ram:AdditionalReferencedDocument").and_then(object),
        quantity: delivery.required_decimal(quantity, "BR-22")?,
        unit: delivery.at(quantity).and_then(|quantity| quantity.attribute("unitCode")).unwrap_or_default(),
        net: net.required_decimal("ram:LineTotalAmount", "BR-24")?,
        order_line: agreement.text("ram:BuyerOrderReferencedDocument/ram:LineID"),
        buyer_accounting: settlement.text("ram:ReceivableSpecifiedTradeAccountingAccount/ram:ID"),
        period: settlement.at("ram:BillingSpecifiedPeriod").map_or(Ok(None), period)?,
        allowances,
        charges,
        price: price(agreement)?,
        tax: of_a_line(settlement)?,
        item: item(of.group("ram:SpecifiedTradeProduct", "BR-25")?)?,
    })
}

fn price(of: Element<'_>) -> Result<Price, ReadError> {
    let net = of.group("ram:NetPriceProductTradePrice", "BR-26")?;
    let gross = of.at("ram:GrossPriceProductTradePrice");
    let in_gross = gross.map_or(Ok(None), base)?;
    Ok(Price {
        net: net.required_decimal("ram:ChargeAmount", "BR-26")?,
        gross: gross.map(gross_price).transpose()?,
        base: base(net)?.or(in_gross),
    })
}

fn gross_price(of: Element<'_>) -> Result<Gross, ReadError> {
    let discount = of.at("ram:AppliedTradeAllowanceCharge");
    if let Some(discount) = discount {
        discount.pass("ram:ChargeIndicator");
    }
    let discount = discount.map_or(Ok(None), |discount| discount.decimal("ram:ActualAmount"))?;
    Ok(Gross { price: of.required_decimal("ram:ChargeAmount", "BR-28")?, discount: discount.unwrap_or_default() })
}

fn base(of: Element<'_>) -> Result<Option<BaseQuantity>, ReadError> {
    let unit = of.at("ram:BasisQuantity").and_then(|base| base.attribute("unitCode"));
    Ok(of.decimal("ram:BasisQuantity")?.map(|quantity| BaseQuantity { quantity, unit }))
}

fn item(of: Element<'_>) -> Result<Item, ReadError> {
    let standard = of.at("ram:GlobalID");
    let classes = of.children("ram:DesignatedProductClassification");
    Ok(Item {
        name: of.text("ram:Name").unwrap_or_default(),
        description: of.text("ram:Description"),
        seller_id: of.text("ram:SellerAssignedID"),
        buyer_id: of.text("ram:BuyerAssignedID"),
        standard_id: standard.and_then(|id| {
            Some(Schemed { scheme: id.attribute("schemeID").unwrap_or_default(), value: id.own_text()? })
        }),
        classifications: classes
            .into_iter()
            .filter_map(|class| class.at("ram:ClassCode"))
            .filter_map(value::classification)
            .collect(),
        origin: of.code("ram:OriginTradeCountry/ram:ID", "BR-CL-15", Country::parse)?,
        attributes: of
            .children("ram:ApplicableProductCharacteristic")
            .into_iter()
            .map(|one| (one.text("ram:Description").unwrap_or_default(), one.text("ram:Value").unwrap_or_default()))
            .collect(),
    })
}
