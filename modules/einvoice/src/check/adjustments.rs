use super::report::{Report, given};
use crate::{Invoice, codes, codes::List, model::Adjustment};

/// Allowances and charges, on the document and on its lines: each has a reason.
pub fn check(it: &Invoice, report: &mut Report) {
    for (at, one) in it.allowances.iter().enumerate() {
        allowance(&one.adjustment, "BR-33", &format!("Allowance {} (BG-20)", at + 1), report);
    }
    for (at, one) in it.charges.iter().enumerate() {
        charge(&one.adjustment, "BR-38", &format!("Charge {} (BG-21)", at + 1), report);
    }
    for (at, line) in it.lines.iter().enumerate() {
        for (nth, one) in line.allowances.iter().enumerate() {
            allowance(one, "BR-42", &format!("Line {}, allowance {} (BG-27)", at + 1, nth + 1), report);
        }
        for (nth, one) in line.charges.iter().enumerate() {
            charge(one, "BR-44", &format!("Line {}, charge {} (BG-28)", at + 1, nth + 1), report);
        }
    }
}

fn allowance(one: &Adjustment, missing: &str, at: &str, report: &mut Report) {
    reason(one, missing, at, "The allowance has no reason.", report);
    code(one, &codes::ALLOWANCE, "BR-CL-19", at, "The allowance's reason is not a code of UNTDID 5189.", report);
}

fn charge(one: &Adjustment, missing: &str, at: &str, report: &mut Report) {
    reason(one, missing, at, "The charge has no reason.", report);
    code(one, &codes::CHARGE, "BR-CL-20", at, "The charge's reason is not a code of UNTDID 7161.", report);
}

fn reason(one: &Adjustment, missing: &str, at: &str, what: &str, report: &mut Report) {
    report.error(given(one.reason.as_ref()) || given(one.reason_code.as_ref()), missing, at, what);
}

fn code(one: &Adjustment, list: &List, rule: &str, at: &str, what: &str, report: &mut Report) {
    report.error(one.reason_code.as_ref().is_none_or(|code| list.has(code)), rule, at, what);
}
