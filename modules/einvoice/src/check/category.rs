//! What each tax category asks for. The rules of the categories are alike, so they are written once and named by category.

mod name;

use rust_decimal::Decimal;

use super::report::{Report, filled, given};
use crate::{
    Invoice,
    calculate::{key, tax_on, taxable_by_tax},
    codes,
    model::{Category, Exemption, Tax, TaxBreakdown},
};

pub use name::category_rule;
use name::{name, rule};

pub fn check(it: &Invoice, report: &mut Report) {
    for category in Category::ALL {
        breakdown_is_there(it, category, report);
        for (nth, of, used) in uses(it, category) {
            if used {
                numbers(it, category, nth, of, report);
            }
        }
    }
    rates(it, report);
    let taxable = taxable_by_tax(it.lines.iter().map(|line| (line.tax, line.net)), &it.allowances, &it.charges);
    for part in &it.breakdown {
        let of_this = taxable.get(&key(part.tax)).map_or(Some(Decimal::ZERO), |(_, sum)| *sum);
        one(it, part, of_this, report);
    }
    intra_community(it, report);
    outside_scope(it, report);
}

/// Whether lines (rule 2), allowances (3) and charges (4) are of the category.
fn uses(it: &Invoice, category: Category) -> [(u8, &'static str, bool); 3] {
    [
        (2, "a line", it.lines.iter().any(|line| line.tax.category() == category)),
        (3, "an allowance", it.allowances.iter().any(|one| one.tax.category() == category)),
        (4, "a charge", it.charges.iter().any(|one| one.tax.category() == category)),
    ]
}

/// Rule 1.
fn breakdown_is_there(it: &Invoice, category: Category, report: &mut Report) {
    let used = uses(it, category).into_iter().any(|(_, _, used)| used);
    let groups = it.breakdown.iter().filter(|part| part.tax.category() == category).count();
    let right = match (used, category.has_rate()) {
        (true, true) => groups >= 1,
        (true, false) => groups == 1,
        // CEN's rules for UBL mind a group of nothing only where there is a rate, those for CII where there is none.
        (false, _) => groups == 0,
    };
    let what = format!(
        "The tax breakdown must have a group for {}, if and only if something on the invoice is.",
        name(category)
    );
    report.error(right, rule(category, 1), "Tax breakdown (BG-23)", what);
}

/// Rules 2 to 4: who has to say which tax number.
fn numbers(it: &Invoice, category: Category, nth: u8, of: &str, report: &mut Report) {
    let seller_vat = given(it.seller.vat_id.as_ref());
    let representative = it.tax_representative.as_ref().is_some_and(|one| filled(&one.vat_id));
    let buyer_vat = given(it.buyer.vat_id.as_ref());
    let buyer_legal = it.buyer.legal_id.as_ref().is_some_and(|one| filled(&one.value));
    let registered = seller_vat || representative || given(it.seller.tax_registration.as_ref());
    let (at_seller, at_buyer) = ("Seller VAT number (BT-31)", "Buyer VAT number (BT-48)");
    let name = name(category);
    let mut tell = |holds, at: &str, what: String| report.error(holds, rule(category, nth), at, what);
    match category {
        Category::OutsideScope => {
            let none = !seller_vat && !representative && !buyer_vat;
            tell(
                none,
                at_seller,
                format!("An invoice with {of} outside the scope of VAT must not carry anybody's VAT number."),
            );
        }
        Category::IntraCommunity | Category::Export => {
            let what = format!("The seller's VAT number is missing: it must stand on an invoice with {name}.");
            tell(seller_vat || representative, at_seller, what);
        }
        _ => {
            let what = format!("The seller's VAT or tax number is missing: it must stand on an invoice with {name}.");
            tell(registered, at_seller, what);
        }
    }
    let buyer_known = match category {
        Category::ReverseCharge => buyer_vat || buyer_legal,
        Category::IntraCommunity => buyer_vat,
        _ => true,
    };
    tell(buyer_known, at_buyer, format!("The buyer's VAT number is missing: it must stand on an invoice with {name}."));
}

/// Rules 5 to 7.
fn rates(it: &Invoice, report: &mut Report) {
    let mut tell = |tax: Tax, nth: u8, at: String| {
        let right = match tax {
            Tax::Standard(rate) => rate > Decimal::ZERO,
            other => other.rate() >= Decimal::ZERO,
        };
        let what = format!("The rate of {} is {} %, which cannot be.", name(tax.category()), tax.rate().normalize());
        report.error(right, rule(tax.category(), nth), at, what);
    };
    for (at, line) in it.lines.iter().enumerate() {
        tell(line.tax, 5, format!("Line {}, tax rate (BT-152)", at + 1));
    }
    for (at, one) in it.allowances.iter().enumerate() {
        tell(one.tax, 6, format!("Allowance {}, tax rate (BT-96)", at + 1));
    }
    for (at, one) in it.charges.iter().enumerate() {
        tell(one.tax, 7, format!("Charge {}, tax rate (BT-103)", at + 1));
    }
}

/// Rules 8 to 10.
fn one(it: &Invoice, part: &TaxBreakdown, taxable: Option<Decimal>, report: &mut Report) {
    let category = part.tax.category();
    let at = format!("Tax breakdown {} {} %", category.code(), part.tax.rate().normalize());
    let what =
        "The taxable amount is not what the lines of this category and rate, less allowances, plus charges add up to.";
    equal(part, 8, (taxable, part.taxable), &format!("{at}, taxable amount (BT-116)"), what, report);
    let what = "The tax is not the taxable amount times the rate, rounded to the minor unit.";
    let tax = tax_on(part.taxable, part.tax, it.currency);
    equal(part, 9, (tax, part.amount), &format!("{at}, tax amount (BT-117)"), what, report);
    exemption(part, &at, report);
}

/// Rules 8 and 9. Where there is a rate, the artefacts of EN 16931 let pass what is less than one off, such as tax that was rounded line by
/// line; so that is a warning.
fn equal(
    part: &TaxBreakdown,
    nth: u8,
    (should, is): (Option<Decimal>, Decimal),
    at: &str,
    what: &str,
    report: &mut Report,
) {
    let category = part.tax.category();
    let off = should.and_then(|should| should.checked_sub(is)).map(|off| off.abs());
    let exact = off == Some(Decimal::ZERO);
    let nearly = category.has_rate() && off.is_some_and(|off| off < Decimal::ONE);
    report.error(exact || nearly, rule(category, nth), at, what);
    report.warning(exact || !nearly, rule(category, nth), at, what);
}

/// Rule 10, and the list that the code is from.
fn exemption(part: &TaxBreakdown, at: &str, report: &mut Report) {
    let category = part.tax.category();
    let place = format!("{at}, exemption reason (BT-120, BT-121)");
    let reason = |of: &Exemption| given(of.text.as_ref()) || given(of.code.as_ref());
    let has_reason = part.exemption.as_ref().is_some_and(reason);
    let wants_reason = !category.has_rate() && category != Category::ZeroRated;
    let what = if wants_reason {
        format!("No tax is charged ({}), and no reason is given.", name(category))
    } else {
        format!("There is no exemption with {}, so there must not be a reason for one.", name(category))
    };
    report.error(has_reason == wants_reason, rule(category, 10), &place, what);
    if let Some(code) = part.exemption.as_ref().and_then(|one| one.code.as_ref()) {
        let what = "The reason for the exemption is not a code of the European Commission's list (VATEX).";
        report.error(codes::EXEMPTION.has(code), "BR-CL-22", place, what);
    }
}

fn intra_community(it: &Invoice, report: &mut Report) {
    if !it.breakdown.iter().any(|part| part.tax == Tax::IntraCommunity) {
        return;
    }
    let delivery = it.delivery.as_ref();
    let when = delivery.is_some_and(|delivery| delivery.delivered_on.is_some()) || it.period.is_some();
    let what = "An intra-community supply must say when it was delivered: the delivery date or the invoicing period.";
    report.error(when, "BR-IC-11", "Delivery date (BT-72)", what);
    let what = "An intra-community supply must say to which country it was delivered.";
    let to = delivery.is_some_and(|delivery| delivery.address.is_some());
    report.error(to, "BR-IC-12", "Delivery country (BT-80)", what);
}

fn outside_scope(it: &Invoice, report: &mut Report) {
    if !it.breakdown.iter().any(|part| part.tax == Tax::OutsideScope) {
        return;
    }
    let outside = |tax: Tax| tax == Tax::OutsideScope;
    let what = "What is outside the scope of VAT cannot share an invoice with what is inside.";
    let groups = it.breakdown.iter().all(|part| outside(part.tax));
    report.error(groups, "BR-O-11", "Tax breakdown (BG-23)", what);
    report.error(it.lines.iter().all(|line| outside(line.tax)), "BR-O-12", "Lines (BG-25)", what);
    report.error(it.allowances.iter().all(|one| outside(one.tax)), "BR-O-13", "Allowances (BG-20)", what);
    report.error(it.charges.iter().all(|one| outside(one.tax)), "BR-O-14", "Charges (BG-21)", what);
}
