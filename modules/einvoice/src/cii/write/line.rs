use super::{
    agreement::object,
    period,
    settlement::{account, adjustment, amount, category, indicator},
};
use crate::{
    Invoice,
    model::{Currency, Gross, Item, Line, Price},
    xml::{Node, value::plain},
};

pub fn line(it: &Invoice, of: &Line) -> Node {
    let note = Node::group("ram:IncludedNote").with(Node::maybe("ram:Content", of.note.as_ref()));
    let order = Node::group("ram:BuyerOrderReferencedDocument").with(Node::maybe("ram:LineID", of.order_line.as_ref()));
    let net = Node::group("ram:SpecifiedTradeSettlementLineMonetarySummation").with(amount(
        "ram:LineTotalAmount",
        of.net,
        it.currency,
    ));
    let settlement = Node::group("ram:SpecifiedLineTradeSettlement")
        .with(category("ram:ApplicableTradeTax", of.tax))
        .with(period(of.period))
        .with(of.allowances.iter().map(|one| adjustment(one, "false", it.currency)))
        .with(of.charges.iter().map(|one| adjustment(one, "true", it.currency)))
        .with(net)
        .with(of.object.as_ref().map(object))
        .with(account(of.buyer_accounting.as_ref()));
    let quantity = Node::leaf("ram:BilledQuantity", plain(of.quantity, 0)).attribute("unitCode", of.unit.as_str());
    Node::group("ram:IncludedSupplyChainTradeLineItem")
        .with(Node::group("ram:AssociatedDocumentLineDocument").with(Node::leaf("ram:LineID", &of.id)).with(note))
        .with(product(&of.item))
        .with(
            Node::group("ram:SpecifiedLineTradeAgreement")
                .with(order)
                .with(of.price.gross.map(|gross| gross_price(gross, &of.price, it.currency)))
                .with(net_price(&of.price, it.currency)),
        )
        .with(Node::group("ram:SpecifiedLineTradeDelivery").with(quantity))
        .with(settlement)
}

fn product(of: &Item) -> Node {
    let attributes = of.attributes.iter().map(|(name, value)| {
        Node::group("ram:ApplicableProductCharacteristic")
            .with(Node::leaf("ram:Description", name))
            .with(Node::leaf("ram:Value", value))
    });
    let classes = of.classifications.iter().map(|class| {
        let code = Node::leaf("ram:ClassCode", &class.code)
            .attribute("listID", class.scheme.as_str())
            .attribute("listVersionID", class.version.as_deref());
        Node::group("ram:DesignatedProductClassification").with(code)
    });
    let standard = of
        .standard_id
        .as_ref()
        .map(|id| Node::leaf("ram:GlobalID", &id.value).attribute("schemeID", id.scheme.as_str()));
    Node::group("ram:SpecifiedTradeProduct")
        .with(standard)
        .with(Node::maybe("ram:SellerAssignedID", of.seller_id.as_ref()))
        .with(Node::maybe("ram:BuyerAssignedID", of.buyer_id.as_ref()))
        .with(Node::leaf("ram:Name", &of.name))
        .with(Node::maybe("ram:Description", of.description.as_ref()))
        .with(attributes)
        .with(classes)
        .with(of.origin.map(|from| Node::group("ram:OriginTradeCountry").with(Node::leaf("ram:ID", from.code()))))
}

fn gross_price(gross: Gross, of: &Price, currency: Currency) -> Node {
    let discount = (!gross.discount.is_zero()).then(|| {
        Node::group("ram:AppliedTradeAllowanceCharge").with(indicator("false")).with(amount(
            "ram:ActualAmount",
            gross.discount,
            currency,
        ))
    });
    Node::group("ram:GrossPriceProductTradePrice")
        .with(amount("ram:ChargeAmount", gross.price, currency))
        .with(base(of))
        .with(discount)
}

fn net_price(of: &Price, currency: Currency) -> Node {
    Node::group("ram:NetPriceProductTradePrice").with(amount("ram:ChargeAmount", of.net, currency)).with(base(of))
}

fn base(of: &Price) -> Option<Node> {
    let base = of.base.as_ref()?;
    Some(Node::leaf("ram:BasisQuantity", plain(base.quantity, 0)).attribute("unitCode", base.unit.as_deref()))
}
