use rust_decimal::Decimal;

use super::report::{Report, filled};
use crate::{Invoice, codes, model::Period};

/// What stands at the head of the document and beside it.
pub fn check(it: &Invoice, report: &mut Report) {
    report.error(filled(&it.number), "BR-02", "Invoice number (BT-1)", "The invoice has no number.");
    let what = "The currency has been withdrawn.";
    report.error(!it.currency.is_withdrawn(), "BR-CL-04", "Currency (BT-5)", what);
    let withdrawn = it.tax_currency.is_some_and(|other| other.currency.is_withdrawn());
    report.error(!withdrawn, "BR-CL-05", "Tax currency (BT-6)", what);
    for (at, note) in it.notes.iter().enumerate() {
        let known = note.subject.as_ref().is_none_or(|code| codes::NOTE.has(code));
        report.error(
            known,
            "BR-CL-08",
            format!("Note {} (BT-21)", at + 1),
            "The subject of the note is not a code of UNTDID 4451.",
        );
    }
    object_scheme(it.references.object.as_ref(), "Invoiced object (BT-18)", report);
    for (at, one) in it.preceding.iter().enumerate() {
        let place = format!("Preceding invoice {} (BT-25)", at + 1);
        report.error(filled(&one.number), "BR-55", place, "The preceding invoice has no number.");
    }
    if let Some(period) = it.period {
        report.error(
            in_order(period),
            "BR-29",
            "Invoicing period (BG-14)",
            "The invoicing period ends before it begins.",
        );
    }
    if let Some(scheme) = it.delivery.as_ref().and_then(|delivery| delivery.location.as_ref()?.scheme.as_ref()) {
        let what = "The scheme of the delivery location's number is not one of ISO 6523.";
        report.error(codes::IDENTIFIER.has(scheme), "BR-CL-26", "Delivery location (BT-71)", what);
    }
    for (at, one) in it.attachments.iter().enumerate() {
        let place = format!("Supporting document {} (BG-24)", at + 1);
        report.error(filled(&one.reference), "BR-52", &place, "The supporting document has no reference.");
        if let Some(file) = &one.file {
            let what =
                "The attached file is of a type that invoices may not carry: PDF, PNG, JPEG, CSV, XML, XLSX or ODS.";
            report.error(codes::MIME.has(&file.mime), "BR-CL-24", &place, what);
        }
    }
    report.error(!it.lines.is_empty(), "BR-16", "Lines (BG-25)", "The invoice has no line.");
    let nothing_due = it.totals.due <= Decimal::ZERO;
    let told = it.due_on.is_some() || it.terms.as_ref().is_some_and(|terms| filled(terms));
    let what = "There is something to be paid, and neither a due date nor payment terms say by when.";
    report.warning(nothing_due || told, "BR-CO-25", "Due date (BT-9)", what);
}

pub fn object_scheme(object: Option<&crate::model::Identifier>, at: &str, report: &mut Report) {
    if let Some(scheme) = object.and_then(|object| object.scheme.as_ref()) {
        let what = "The scheme of the invoiced object's number is not a code of UNTDID 1153.";
        report.error(codes::REFERENCE.has(scheme), "BR-CL-07", at, what);
    }
}

pub fn in_order(period: Period) -> bool {
    !matches!(period, Period::Between(start, end) if end < start)
}
