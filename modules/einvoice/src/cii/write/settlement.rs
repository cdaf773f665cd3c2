use rust_decimal::Decimal;

use super::{in_full, party, payment, period};
use crate::{
    Invoice, Profile,
    model::{Adjustment, Currency, DocumentAdjustment, Tax, TaxBreakdown, TaxPoint},
    xml::{Node, value::plain},
};

pub fn settlement(it: &Invoice, profile: Profile) -> Node {
    let payment = it.payment.as_ref();
    let creditor = payment.and_then(|payment| payment.direct_debit.as_ref()?.creditor.as_ref());
    let preceding = it.preceding.iter().map(|one| {
        let issued = Node::group("ram:FormattedIssueDateTime").with(in_full("qdt:DateTimeString", one.issued_on));
        Node::group("ram:InvoiceReferencedDocument").with(Node::leaf("ram:IssuerAssignedID", &one.number)).with(issued)
    });
    Node::group("ram:ApplicableHeaderTradeSettlement")
        .with(Node::maybe("ram:CreditorReferenceID", creditor))
        .with(Node::maybe("ram:PaymentReference", payment.and_then(|payment| payment.remittance.as_ref())))
        .with(it.tax_currency.map(|other| Node::leaf("ram:TaxCurrencyCode", other.currency.code())))
        .with(Node::leaf("ram:InvoiceCurrencyCode", it.currency.code()))
        .with(it.payee.as_ref().map(party::payee))
        .with(payment.map(payment::means).unwrap_or_default())
        .with(it.breakdown.iter().enumerate().map(|(nth, part)| tax(it, part, nth, profile)))
        .with(period(it.period))
        .with(it.allowances.iter().map(|one| on_the_document(one, "false", it.currency)))
        .with(it.charges.iter().map(|one| on_the_document(one, "true", it.currency)))
        .with(payment::terms(it))
        .with(totals(it))
        .with(preceding)
        .with(account(it.buyer_accounting.as_ref()))
}

pub fn amount(name: &'static str, amount: Decimal, currency: Currency) -> Node {
    Node::leaf(name, plain(amount, currency.places()))
}

pub fn account(of: Option<&String>) -> Node {
    Node::group("ram:ReceivableSpecifiedTradeAccountingAccount").with(Node::maybe("ram:ID", of))
}

pub fn category(name: &'static str, tax: Tax) -> Node {
    let percent = (tax != Tax::OutsideScope).then(|| Node::leaf("ram:RateApplicablePercent", plain(tax.rate(), 0)));
    Node::group(name)
        .with(Node::leaf("ram:TypeCode", "VAT"))
        .with(Node::leaf("ram:CategoryCode", tax.category().code()))
        .with(percent)
}

pub fn adjustment(of: &Adjustment, is_charge: &str, currency: Currency) -> Node {
    Node::group("ram:SpecifiedTradeAllowanceCharge")
        .with(indicator(is_charge))
        .with(of.percent.map(|percent| Node::leaf("ram:CalculationPercent", plain(percent, 0))))
        .with(of.base.map(|base| amount("ram:BasisAmount", base, currency)))
        .with(amount("ram:ActualAmount", of.amount, currency))
        .with(Node::maybe("ram:ReasonCode", of.reason_code.as_ref()))
        .with(Node::maybe("ram:Reason", of.reason.as_ref()))
}

pub fn indicator(is_charge: &str) -> Node {
    Node::group("ram:ChargeIndicator").with(Node::leaf("udt:Indicator", is_charge))
}

fn on_the_document(of: &DocumentAdjustment, is_charge: &str, currency: Currency) -> Node {
    adjustment(&of.adjustment, is_charge, currency).with(category("ram:CategoryTradeTax", of.tax))
}

fn tax(it: &Invoice, part: &TaxBreakdown, nth: usize, profile: Profile) -> Node {
    // BR-DE-14 wants a rate even where there is no tax at all.
    let has_rate = part.tax != Tax::OutsideScope || profile == Profile::XRechnung;
    let reason = part.exemption.as_ref();
    // The date once (CII-SR-461), the code as often as there are groups (CII-SR-462).
    let (day, event) = match it.tax_point {
        Some(TaxPoint::On(_)) if nth > 0 => (None, None),
        Some(TaxPoint::On(day)) => (Some(day), None),
        Some(TaxPoint::With(event)) => (None, Some(event)),
        None => (None, None),
    };
    Node::group("ram:ApplicableTradeTax")
        .with(amount("ram:CalculatedAmount", part.amount, it.currency))
        .with(Node::leaf("ram:TypeCode", "VAT"))
        .with(Node::maybe("ram:ExemptionReason", reason.and_then(|reason| reason.text.as_ref())))
        .with(amount("ram:BasisAmount", part.taxable, it.currency))
        .with(Node::leaf("ram:CategoryCode", part.tax.category().code()))
        .with(Node::maybe("ram:ExemptionReasonCode", reason.and_then(|reason| reason.code.as_ref())))
        .with(Node::group("ram:TaxPointDate").with(in_full("udt:DateString", day)))
        .with(event.map(|event| Node::leaf("ram:DueDateTypeCode", event.cii_code())))
        .with(has_rate.then(|| Node::leaf("ram:RateApplicablePercent", plain(part.tax.rate(), 0))))
}

fn totals(it: &Invoice) -> Node {
    let totals = &it.totals;
    let amount = |name, of| amount(name, of, it.currency);
    let unless_nought = |name, of: Decimal, needed: bool| (needed || !of.is_zero()).then(|| amount(name, of));
    let in_currency = |of, currency: Currency| {
        super::settlement::amount("ram:TaxTotalAmount", of, currency).attribute("currencyID", currency.code())
    };
    Node::group("ram:SpecifiedTradeSettlementHeaderMonetarySummation")
        .with(amount("ram:LineTotalAmount", totals.lines))
        .with(unless_nought("ram:ChargeTotalAmount", totals.charges, !it.charges.is_empty()))
        .with(unless_nought("ram:AllowanceTotalAmount", totals.allowances, !it.allowances.is_empty()))
        .with(amount("ram:TaxBasisTotalAmount", totals.without_tax))
        .with(in_currency(totals.tax, it.currency))
        .with(it.tax_currency.map(|other| in_currency(other.tax_total, other.currency)))
        .with(unless_nought("ram:RoundingAmount", totals.rounding, false))
        .with(amount("ram:GrandTotalAmount", totals.with_tax))
        .with(unless_nought("ram:TotalPrepaidAmount", totals.prepaid, false))
        .with(amount("ram:DuePayableAmount", totals.due))
}
