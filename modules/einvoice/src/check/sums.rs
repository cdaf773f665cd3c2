use rust_decimal::Decimal;

use super::report::Report;
use crate::{Invoice, calculate::sum};

/// Whether the totals are what the amounts add up to. A sum that is too large to count equals nothing.
pub fn check(it: &Invoice, report: &mut Report) {
    let totals = &it.totals;
    let mut equal = |rule: &str, at: &str, is: Decimal, should: Option<Decimal>, of: &str| {
        let should_be = should.map_or_else(|| "too large to count".to_owned(), |sum| sum.normalize().to_string());
        let what = format!("{of}: it says {}, and should be {should_be}.", is.normalize());
        report.error(should == Some(is), rule, at, what);
    };
    let lines = sum(it.lines.iter().map(|line| line.net));
    equal("BR-CO-10", "Sum of lines (BT-106)", totals.lines, lines, "The sum of lines is not what the lines add up to");
    let allowances = sum(it.allowances.iter().map(|one| one.adjustment.amount));
    let what = "The sum of allowances is not what the allowances add up to";
    equal("BR-CO-11", "Sum of allowances (BT-107)", totals.allowances, allowances, what);
    let charges = sum(it.charges.iter().map(|one| one.adjustment.amount));
    let what = "The sum of charges is not what the charges add up to";
    equal("BR-CO-12", "Sum of charges (BT-108)", totals.charges, charges, what);
    let without_tax = totals.lines.checked_sub(totals.allowances).and_then(|rest| rest.checked_add(totals.charges));
    let what = "The total without tax is not the sum of lines less allowances plus charges";
    equal("BR-CO-13", "Total without tax (BT-109)", totals.without_tax, without_tax, what);
    let tax = sum(it.breakdown.iter().map(|part| part.amount));
    let what = "The tax total is not what the taxes of the categories add up to";
    equal("BR-CO-14", "Tax total (BT-110)", totals.tax, tax, what);
    let with_tax = totals.without_tax.checked_add(totals.tax);
    let what = "The total with tax is not the total without it plus the tax";
    equal("BR-CO-15", "Total with tax (BT-112)", totals.with_tax, with_tax, what);
    let due = totals.with_tax.checked_sub(totals.prepaid).and_then(|rest| rest.checked_add(totals.rounding));
    let what = "What is due is not the total with tax less what was paid, plus the rounding amount";
    equal("BR-CO-16", "Amount due (BT-115)", totals.due, due, what);
    report.error(
        !it.breakdown.is_empty(),
        "BR-CO-18",
        "Tax breakdown (BG-23)",
        "The tax is not broken down by category.",
    );
    let another = it.tax_currency.is_none_or(|other| other.currency != it.currency);
    let what =
        "The tax currency is the invoice's own, which makes two tax totals in one currency; then it is left out.";
    report.error(another, "BR-CO-15", "Tax currency (BT-6)", what);
}
