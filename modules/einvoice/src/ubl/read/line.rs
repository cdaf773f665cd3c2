use super::{identifier, period, sums};
use crate::{
    model::{BaseQuantity, Country, Gross, Item, Line, Price, Schemed},
    xml::{Element, ReadError, value},
};

pub fn lines(root: Element<'_>) -> Result<Vec<Line>, ReadError> {
    let (name, quantity) = if root.is("cn:CreditNote") {
        ("cac:CreditNoteLine", "cbc:CreditedQuantity")
    } else {
        ("cac:InvoiceLine", "cbc:InvoicedQuantity")
    };
    root.children(name).into_iter().map(|of| line(of, quantity)).collect()
}

fn line(of: Element<'_>, quantity: &str) -> Result<Line, ReadError> {
    let item_of = of.group("cac:Item", "BR-25")?;
    let (allowances, charges) = sums::on_a_line(of)?;
    let object = of.at("cac:DocumentReference");
    if let Some(object) = object {
        object.pass("cbc:DocumentTypeCode");
    }
    Ok(Line {
        id: of.text("cbc:ID").unwrap_or_default(),
        note: of.text("cbc:Note"),
        object: object.and_then(|object| object.at("cbc:ID")).and_then(identifier),
        quantity: of.required_decimal(quantity, "BR-22")?,
        unit: of.at(quantity).and_then(|quantity| quantity.attribute("unitCode")).unwrap_or_default(),
        net: of.required_decimal("cbc:LineExtensionAmount", "BR-24")?,
        order_line: of.text("cac:OrderLineReference/cbc:LineID"),
        buyer_accounting: of.text("cbc:AccountingCost"),
        period: of.at("cac:InvoicePeriod").map_or(Ok(None), period)?,
        allowances,
        charges,
        price: price(of.group("cac:Price", "BR-26")?)?,
        tax: sums::of_a_line(item_of)?,
        item: item(item_of)?,
    })
}

fn item(of: Element<'_>) -> Result<Item, ReadError> {
    let standard = of.at("cac:StandardItemIdentification/cbc:ID");
    Ok(Item {
        name: of.text("cbc:Name").unwrap_or_default(),
        description: of.text("cbc:Description"),
        seller_id: of.text("cac:SellersItemIdentification/cbc:ID"),
        buyer_id: of.text("cac:BuyersItemIdentification/cbc:ID"),
        standard_id: standard.and_then(|id| {
            Some(Schemed { scheme: id.attribute("schemeID").unwrap_or_default(), value: id.own_text()? })
        }),
        classifications: of
            .children("cac:CommodityClassification")
            .into_iter()
            .filter_map(|class| class.at("cbc:ItemClassificationCode"))
            .filter_map(value::classification)
            .collect(),
        origin: of.code("cac:OriginCountry/cbc:IdentificationCode", "BR-CL-15", Country::parse)?,
        attributes: of
            .children("cac:AdditionalItemProperty")
            .into_iter()
            .map(|one| (one.text("cbc:Name").unwrap_or_default(), one.text("cbc:Value").unwrap_or_default()))
            .collect(),
    })
}

fn price(of: Element<'_>) -> Result<Price, ReadError> {
    let net = of.required_decimal("cbc:PriceAmount", "BR-26")?;
    let base = of.at("cbc:BaseQuantity");
    let discount = of.at("cac:AllowanceCharge");
    if let Some(discount) = discount {
        discount.pass("cbc:ChargeIndicator");
    }
    let gross = match discount {
        None => None,
        Some(of) => {
            let discount = of.required_decimal("cbc:Amount", "BR-28")?;
            let price = of.decimal("cbc:BaseAmount")?.or_else(|| net.checked_add(discount)).unwrap_or(net);
            Some(Gross { price, discount })
        }
    };
    Ok(Price {
        net,
        gross,
        base: of
            .decimal("cbc:BaseQuantity")?
            .map(|quantity| BaseQuantity { quantity, unit: base.and_then(|base| base.attribute("unitCode")) }),
    })
}
