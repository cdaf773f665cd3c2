use super::{
    super::INVOICED_OBJECT,
    identifier, period,
    sums::{adjustment, amount, category},
};
use crate::{
    Invoice,
    model::{Currency, Item, Line, Price, Tax},
    xml::{Node, value::plain},
};

pub fn line(it: &Invoice, of: &Line) -> Node {
    let credit = it.kind.is_credit();
    let (name, quantity) = if credit {
        ("cac:CreditNoteLine", "cbc:CreditedQuantity")
    } else {
        ("cac:InvoiceLine", "cbc:InvoicedQuantity")
    };
    let object = of.object.as_ref().map(|object| {
        Node::group("cac:DocumentReference")
            .with(identifier("cbc:ID", object))
            .with(Node::leaf("cbc:DocumentTypeCode", INVOICED_OBJECT))
    });
    Node::group(name)
        .with(Node::leaf("cbc:ID", &of.id))
        .with(Node::maybe("cbc:Note", of.note.as_ref()))
        .with(Node::leaf(quantity, plain(of.quantity, 0)).attribute("unitCode", of.unit.as_str()))
        .with(amount("cbc:LineExtensionAmount", of.net, it.currency))
        .with(Node::maybe("cbc:AccountingCost", of.buyer_accounting.as_ref()))
        .with(period(of.period))
        .with(Node::group("cac:OrderLineReference").with(Node::maybe("cbc:LineID", of.order_line.as_ref())))
        .with(object)
        .with(of.allowances.iter().map(|one| adjustment(one, "false", it.currency)))
        .with(of.charges.iter().map(|one| adjustment(one, "true", it.currency)))
        .with(item(&of.item, of.tax))
        .with(price(&of.price, it.currency))
}

fn item(of: &Item, tax: Tax) -> Node {
    let id = |name, id: Option<&String>| Node::group(name).with(Node::maybe("cbc:ID", id));
    let standard = of.standard_id.as_ref().map(|id| {
        Node::group("cac:StandardItemIdentification")
            .with(Node::leaf("cbc:ID", &id.value).attribute("schemeID", id.scheme.as_str()))
    });
    let classes = of.classifications.iter().map(|class| {
        let code = Node::leaf("cbc:ItemClassificationCode", &class.code)
            .attribute("listID", class.scheme.as_str())
            .attribute("listVersionID", class.version.as_deref());
        Node::group("cac:CommodityClassification").with(code)
    });
    let attributes = of.attributes.iter().map(|(name, value)| {
        Node::group("cac:AdditionalItemProperty")
            .with(Node::leaf("cbc:Name", name))
            .with(Node::leaf("cbc:Value", value))
    });
    Node::group("cac:Item")
        .with(Node::maybe("cbc:Description", of.description.as_ref()))
        .with(Node::leaf("cbc:Name", &of.name))
        .with(id("cac:BuyersItemIdentification", of.buyer_id.as_ref()))
        .with(id("cac:SellersItemIdentification", of.seller_id.as_ref()))
        .with(standard)
        .with(
            of.origin
                .map(|from| Node::group("cac:OriginCountry").with(Node::leaf("cbc:IdentificationCode", from.code()))),
        )
        .with(classes)
        .with(category("cac:ClassifiedTaxCategory", tax))
        .with(attributes)
}

fn price(of: &Price, currency: Currency) -> Node {
    let base = of.base.as_ref().map(|base| {
        Node::leaf("cbc:BaseQuantity", plain(base.quantity, 0)).attribute("unitCode", base.unit.as_deref())
    });
    let discount = of.gross.map(|gross| {
        Node::group("cac:AllowanceCharge")
            .with(Node::leaf("cbc:ChargeIndicator", "false"))
            .with(amount("cbc:Amount", gross.discount, currency))
            .with(amount("cbc:BaseAmount", gross.price, currency))
    });
    Node::group("cac:Price").with(amount("cbc:PriceAmount", of.net, currency)).with(base).with(discount)
}
