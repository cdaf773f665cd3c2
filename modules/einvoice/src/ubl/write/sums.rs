use rust_decimal::Decimal;

use crate::{
    Invoice, Profile,
    model::{Adjustment, Currency, DocumentAdjustment, Tax, TaxBreakdown},
    xml::{Node, value::plain},
};

pub fn amount(name: &'static str, amount: Decimal, currency: Currency) -> Node {
    Node::leaf(name, plain(amount, currency.places())).attribute("currencyID", currency.code())
}

pub fn on_the_document(of: &DocumentAdjustment, is_charge: &str, currency: Currency) -> Node {
    adjustment(&of.adjustment, is_charge, currency).with(category("cac:TaxCategory", of.tax))
}

pub fn adjustment(of: &Adjustment, is_charge: &str, currency: Currency) -> Node {
    Node::group("cac:AllowanceCharge")
        .with(Node::leaf("cbc:ChargeIndicator", is_charge))
        .with(Node::maybe("cbc:AllowanceChargeReasonCode", of.reason_code.as_ref()))
        .with(Node::maybe("cbc:AllowanceChargeReason", of.reason.as_ref()))
        .with(of.percent.map(|percent| Node::leaf("cbc:MultiplierFactorNumeric", plain(percent, 0))))
        .with(amount("cbc:Amount", of.amount, currency))
        .with(of.base.map(|base| amount("cbc:BaseAmount", base, currency)))
}

pub fn category(name: &'static str, tax: Tax) -> Node {
    let percent = (tax != Tax::OutsideScope).then(|| Node::leaf("cbc:Percent", plain(tax.rate(), 0)));
    Node::group(name).with(Node::leaf("cbc:ID", tax.category().code())).with(percent).with(vat())
}

fn vat() -> Node {
    Node::group("cac:TaxScheme").with(Node::leaf("cbc:ID", "VAT"))
}

pub fn taxes(it: &Invoice, profile: Profile) -> Vec<Node> {
    let own = Node::group("cac:TaxTotal")
        .with(amount("cbc:TaxAmount", it.totals.tax, it.currency))
        .with(it.breakdown.iter().map(|part| subtotal(part, it.currency, profile)));
    let other = it
        .tax_currency
        .map(|other| Node::group("cac:TaxTotal").with(amount("cbc:TaxAmount", other.tax_total, other.currency)));
    std::iter::once(own).chain(other).collect()
}

fn subtotal(part: &TaxBreakdown, currency: Currency, profile: Profile) -> Node {
    // BR-DE-14 wants a rate even where there is no tax at all.
    let has_rate = part.tax != Tax::OutsideScope || profile == Profile::XRechnung;
    let reason = part.exemption.as_ref();
    let category = Node::group("cac:TaxCategory")
        .with(Node::leaf("cbc:ID", part.tax.category().code()))
        .with(has_rate.then(|| Node::leaf("cbc:Percent", plain(part.tax.rate(), 0))))
        .with(Node::maybe("cbc:TaxExemptionReasonCode", reason.and_then(|reason| reason.code.as_ref())))
        .with(Node::maybe("cbc:TaxExemptionReason", reason.and_then(|reason| reason.text.as_ref())))
        .with(vat());
    Node::group("cac:TaxSubtotal")
        .with(amount("cbc:TaxableAmount", part.taxable, currency))
        .with(amount("cbc:TaxAmount", part.amount, currency))
        .with(category)
}

pub fn totals(it: &Invoice) -> Node {
    let totals = &it.totals;
    let amount = |name, of| amount(name, of, it.currency);
    let unless_nought = |name, of: Decimal, needed: bool| (needed || !of.is_zero()).then(|| amount(name, of));
    Node::group("cac:LegalMonetaryTotal")
        .with(amount("cbc:LineExtensionAmount", totals.lines))
        .with(amount("cbc:TaxExclusiveAmount", totals.without_tax))
        .with(amount("cbc:TaxInclusiveAmount", totals.with_tax))
        .with(unless_nought("cbc:AllowanceTotalAmount", totals.allowances, !it.allowances.is_empty()))
        .with(unless_nought("cbc:ChargeTotalAmount", totals.charges, !it.charges.is_empty()))
        .with(unless_nought("cbc:PrepaidAmount", totals.prepaid, false))
        .with(unless_nought("cbc:PayableRoundingAmount", totals.rounding, false))
        .with(amount("cbc:PayableAmount", totals.due))
}
