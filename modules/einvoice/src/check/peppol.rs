//! Peppol BIS Billing 3.0, the rules that are not about XML; `XRechnung` has taken over the greater part.

use rust_decimal::Decimal;

use super::report::{Report, given};
use crate::{
    Invoice,
    calculate::sum,
    codes,
    model::{Adjustment, Category, Country, Currency, Kind, Line},
};

pub fn check_shared(it: &Invoice, report: &mut Report) {
    if let Some(other) = &it.tax_currency {
        let at = "Tax currency (BT-6)";
        let what = "The tax currency is the invoice's own; then it is left out.";
        report.error(other.currency != it.currency, "PEPPOL-EN16931-R005", at, what);
        let same_sign = (other.tax_total >= Decimal::ZERO && it.totals.tax >= Decimal::ZERO)
            || (other.tax_total <= Decimal::ZERO && it.totals.tax <= Decimal::ZERO);
        let what = "The tax total in the tax currency has another sign than the tax total.";
        report.error(same_sign, "PEPPOL-EN16931-R055", "Tax total in the tax currency (BT-111)", what);
    }
    let what = "The buyer's electronic address is missing: the invoice cannot be delivered without it.";
    report.error(
        it.buyer.electronic_address.is_some(),
        "PEPPOL-EN16931-R010",
        "Buyer electronic address (BT-49)",
        what,
    );
    let what = "The seller's electronic address is missing.";
    report.error(
        it.seller.electronic_address.is_some(),
        "PEPPOL-EN16931-R020",
        "Seller electronic address (BT-34)",
        what,
    );
    if let Some(payment) = it.payment.as_ref().filter(|payment| matches!(payment.means.as_str(), "49" | "59")) {
        let mandate = payment.direct_debit.as_ref().is_some_and(|debit| given(debit.mandate.as_ref()));
        let what = "It is to be paid by direct debit, and the mandate's reference is missing.";
        report.error(mandate, "PEPPOL-EN16931-R061", "Mandate reference (BT-89)", what);
    }
    for (at, one) in it.allowances.iter().enumerate() {
        adjustment(&one.adjustment, it.currency, &format!("Allowance {}", at + 1), report);
    }
    for (at, one) in it.charges.iter().enumerate() {
        adjustment(&one.adjustment, it.currency, &format!("Charge {}", at + 1), report);
    }
    for (at, one) in it.lines.iter().enumerate() {
        line(it, one, &format!("Line {}", at + 1), report);
    }
}

fn adjustment(one: &Adjustment, currency: Currency, at: &str, report: &mut Report) {
    let what = "A percentage is given, and not of what.";
    report.error(one.percent.is_none() || one.base.is_some(), "PEPPOL-EN16931-R041", at, what);
    let what = "The base of a percentage is given, and not the percentage.";
    report.error(one.base.is_none() || one.percent.is_some(), "PEPPOL-EN16931-R042", at, what);
    if let (Some(base), Some(percent)) = (one.base, one.percent) {
        let amount = base.checked_mul(percent).and_then(|of| of.checked_div(Decimal::ONE_HUNDRED));
        let what = "The amount is not the base times the percentage.";
        report.error(close(amount, one.amount, currency), "PEPPOL-EN16931-R040", at, what);
    }
}

fn line(it: &Invoice, line: &Line, at: &str, report: &mut Report) {
    for (nth, one) in line.allowances.iter().enumerate() {
        adjustment(one, it.currency, &format!("{at}, allowance {}", nth + 1), report);
    }
    for (nth, one) in line.charges.iter().enumerate() {
        adjustment(one, it.currency, &format!("{at}, charge {}", nth + 1), report);
    }
    if let (Some(outer), Some(own)) = (it.period, line.period) {
        let begins = own.start().is_none_or(|start| outer.start().is_none_or(|first| start >= first));
        let what = "The period of the line begins before the invoicing period.";
        report.error(begins, "PEPPOL-EN16931-R110", format!("{at}, period start (BT-134)"), what);
        let ends = own.end().is_none_or(|end| outer.end().is_none_or(|last| end <= last));
        let what = "The period of the line ends after the invoicing period.";
        report.error(ends, "PEPPOL-EN16931-R111", format!("{at}, period end (BT-135)"), what);
    }
    let base = line.price.base.as_ref();
    let positive = base.is_none_or(|base| base.quantity > Decimal::ZERO);
    let what = "The quantity that the price is for must be above nought.";
    report.error(positive, "PEPPOL-EN16931-R121", format!("{at}, price base quantity (BT-149)"), what);
    if positive {
        let what = "The net amount is not quantity times price, less allowances, plus charges.";
        let net = close(unrounded(line), line.net, it.currency);
        report.error(net, "PEPPOL-EN16931-R120", format!("{at}, net amount (BT-131)"), what);
    }
    let unit = base.and_then(|base| base.unit.as_ref());
    let what = "The price is for another unit than the quantity.";
    report.error(
        unit.is_none_or(|unit| *unit == line.unit),
        "PEPPOL-EN16931-R130",
        format!("{at}, unit of the price (BT-150)"),
        what,
    );
    if let Some(gross) = line.price.gross {
        let what = "The net price is not the gross price less its discount.";
        let net = gross.price.checked_sub(gross.discount);
        report.error(net == Some(line.price.net), "PEPPOL-EN16931-R046", format!("{at}, net price (BT-146)"), what);
    }
}

pub fn check_own(it: &Invoice, report: &mut Report) {
    let german = |country: Country| country.code() == "DE";
    let both_german = german(it.seller.address.country) && german(it.buyer.address.country);
    let what = "Peppol allows one note; more only between German parties.";
    report.error(it.notes.len() <= 1 || both_german, "PEPPOL-EN16931-R002", "Notes (BG-1)", what);
    let found = given(it.buyer_reference.as_ref()) || given(it.references.order.as_ref());
    let what = "The buyer finds its way by its reference or by its order's number: one of them is needed.";
    report.error(found, "PEPPOL-EN16931-R003", "Buyer reference (BT-10)", what);

    kinds(it, both_german, report);
    for (address, at) in [
        (&it.seller.electronic_address, "Seller electronic address (BT-34)"),
        (&it.buyer.electronic_address, "Buyer electronic address (BT-49)"),
    ] {
        let numbered = |scheme: &str| scheme.bytes().all(|byte| byte.is_ascii_digit());
        let what = "Peppol finds nobody by this scheme, such as e-mail (EM): it takes those of four digits only.";
        report.error(address.as_ref().is_none_or(|one| numbered(&one.scheme)), "PEPPOL-EN16931-CL008", at, what);
    }
    let xml = it.attachments.iter().filter_map(|one| one.file.as_ref()).any(|file| file.mime == "application/xml");
    let what = "Peppol carries no XML inside of an invoice.";
    report.error(!xml, "PEPPOL-EN16931-CL001", "Supporting documents (BG-24)", what);
    for part in &it.breakdown {
        let code = part.exemption.as_ref().and_then(|reason| reason.code.as_deref()).unwrap_or_default();
        if let Some((_, rule, wanted)) = BELONGS.iter().find(|(of, ..)| code.eq_ignore_ascii_case(of)) {
            let what = "The code of the exemption belongs to another tax category.";
            report.error(part.tax.category() == *wanted, *rule, "Exemption reason (BT-121)", what);
        }
    }
}

/// To which category a reason belongs.
const BELONGS: [(&str, &str, Category); 8] = [
    ("VATEX-EU-G", "PEPPOL-EN16931-P0104", Category::Export),
    ("VATEX-EU-O", "PEPPOL-EN16931-P0105", Category::OutsideScope),
    ("VATEX-EU-IC", "PEPPOL-EN16931-P0106", Category::IntraCommunity),
    ("VATEX-EU-AE", "PEPPOL-EN16931-P0107", Category::ReverseCharge),
    ("VATEX-EU-D", "PEPPOL-EN16931-P0108", Category::Exempt),
    ("VATEX-EU-F", "PEPPOL-EN16931-P0109", Category::Exempt),
    ("VATEX-EU-I", "PEPPOL-EN16931-P0110", Category::Exempt),
    ("VATEX-EU-J", "PEPPOL-EN16931-P0111", Category::Exempt),
];

/// Self-billed documents have a process of their own, and so on.
fn kinds(it: &Invoice, both_german: bool, report: &mut Report) {
    let at = "Invoice type (BT-3)";
    let what = "Peppol BIS Billing does not carry documents of this type.";
    let code = it.kind.code();
    if it.kind.is_credit() {
        report.error(codes::PEPPOL_CREDIT_KIND.has(code), "PEPPOL-EN16931-P0101", at, what);
    } else {
        report.error(codes::PEPPOL_INVOICE_KIND.has(code), "PEPPOL-EN16931-P0100", at, what);
    }
    let ours = !matches!(it.kind, Kind::PartialInvoice | Kind::CorrectedInvoice) || both_german;
    let what = "Partial and corrected invoices are for German parties only.";
    report.error(ours, "PEPPOL-EN16931-P0112", at, what);
}

/// As the rule has it: a currency without decimals gets no more slack than the others.
fn unrounded(line: &Line) -> Option<Decimal> {
    let base = line.price.base.as_ref().map_or(Decimal::ONE, |base| base.quantity);
    let goods = line.price.net.checked_div(base)?.checked_mul(line.quantity)?;
    let charges = sum(line.charges.iter().map(|one| one.amount))?;
    goods.checked_add(charges)?.checked_sub(sum(line.allowances.iter().map(|one| one.amount))?)
}

/// How far a computed amount may be off: two hundredths, for the forint a half.
fn close(computed: Option<Decimal>, is: Decimal, currency: Currency) -> bool {
    let slack = if currency.code() == "HUF" { Decimal::new(5, 1) } else { Decimal::new(2, 2) };
    computed.and_then(|amount| amount.checked_sub(is)).is_some_and(|off| off.abs() <= slack)
}
