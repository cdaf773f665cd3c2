use rust_decimal::Decimal;

use super::report::Report;
use crate::{Invoice, model::Adjustment};

/// BR-DEC: no amount of an electronic invoice has more than two decimals, whatever its currency has.
pub fn check(it: &Invoice, report: &mut Report) {
    for (at, one) in it.allowances.iter().enumerate() {
        adjustment(&one.adjustment, ["BR-DEC-01", "BR-DEC-02"], &format!("Allowance {}", at + 1), report);
    }
    for (at, one) in it.charges.iter().enumerate() {
        adjustment(&one.adjustment, ["BR-DEC-05", "BR-DEC-06"], &format!("Charge {}", at + 1), report);
    }
    let totals = &it.totals;
    for (rule, at, amount) in [
        ("BR-DEC-09", "Sum of lines (BT-106)", totals.lines),
        ("BR-DEC-10", "Sum of allowances (BT-107)", totals.allowances),
        ("BR-DEC-11", "Sum of charges (BT-108)", totals.charges),
        ("BR-DEC-12", "Total without tax (BT-109)", totals.without_tax),
        ("BR-DEC-13", "Tax total (BT-110)", totals.tax),
        ("BR-DEC-14", "Total with tax (BT-112)", totals.with_tax),
        ("BR-DEC-16", "Paid amount (BT-113)", totals.prepaid),
        ("BR-DEC-17", "Rounding amount (BT-114)", totals.rounding),
        ("BR-DEC-18", "Amount due (BT-115)", totals.due),
    ] {
        two(amount, rule, at, report);
    }
    if let Some(other) = &it.tax_currency {
        two(other.tax_total, "BR-DEC-15", "Tax total in the tax currency (BT-111)", report);
    }
    for part in &it.breakdown {
        let at = format!("Tax breakdown {}", part.tax.category().code());
        two(part.taxable, "BR-DEC-19", &format!("{at}, taxable amount (BT-116)"), report);
        two(part.amount, "BR-DEC-20", &format!("{at}, tax amount (BT-117)"), report);
    }
    for (at, line) in it.lines.iter().enumerate() {
        two(line.net, "BR-DEC-23", &format!("Line {}, net amount (BT-131)", at + 1), report);
        for one in &line.allowances {
            adjustment(one, ["BR-DEC-24", "BR-DEC-25"], &format!("Line {}, allowance", at + 1), report);
        }
        for one in &line.charges {
            adjustment(one, ["BR-DEC-27", "BR-DEC-28"], &format!("Line {}, charge", at + 1), report);
        }
    }
}

fn adjustment(one: &Adjustment, [amount, base]: [&str; 2], at: &str, report: &mut Report) {
    two(one.amount, amount, &format!("{at}, amount"), report);
    if let Some(of) = one.base {
        two(of, base, &format!("{at}, base"), report);
    }
}

fn two(amount: Decimal, rule: &str, at: &str, report: &mut Report) {
    let what = "An electronic invoice allows no more than two decimals here.";
    report.error(amount.normalize().scale() <= 2, rule, at, what);
}
