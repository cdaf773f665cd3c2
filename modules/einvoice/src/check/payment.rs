use super::report::{Report, filled};
use crate::{Invoice, codes};

pub fn check(it: &Invoice, report: &mut Report) {
    let Some(payment) = &it.payment else { return };
    let at = "Payment means (BT-81)";
    if filled(&payment.means) {
        let what = "The means of payment is not a code of UNTDID 4461.";
        report.error(codes::PAYMENT_MEANS.has(&payment.means), "BR-CL-16", at, what);
    } else {
        report.error(false, "BR-49", at, "The payment instructions do not say by which means to pay.");
    }
    for account in &payment.accounts {
        report.error(filled(&account.id), "BR-50", "Payment account (BT-84)", "The account to pay to has no number.");
    }
    let by_transfer = matches!(payment.means.as_str(), "30" | "58");
    let what = "It is to be paid by credit transfer, and no account is given.";
    report.error(!by_transfer || !payment.accounts.is_empty(), "BR-61", "Payment account (BT-84)", what);
    if let Some(card) = &payment.card {
        let what = "A full card number must never stand on an invoice: the first six and the last four digits at most.";
        report.error(card.number.trim().chars().count() <= 10, "BR-51", "Card number (BT-87)", what);
    }
}
