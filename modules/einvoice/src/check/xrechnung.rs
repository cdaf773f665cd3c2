//! The German CIUS `XRechnung` 3.0: its rules BR-DE-*.

use std::collections::HashSet;

use super::report::{Report, filled, given};
use crate::{
    Invoice,
    form::{has_three_digits, is_absolute_url, is_email, is_iban, is_skonto},
    model::{Address, Category, Kind, Payment},
};

pub fn check(it: &Invoice, report: &mut Report) {
    let what = "XRechnung wants payment instructions on every invoice.";
    report.error(it.payment.is_some(), "BR-DE-1", "Payment (BG-16)", what);
    let what = "The buyer reference is missing; public buyers in Germany call it Leitweg-ID.";
    report.error(given(it.buyer_reference.as_ref()), "BR-DE-15", "Buyer reference (BT-10)", what);
    seller(it, report);
    place(&it.buyer.address, ["BR-DE-8", "BR-DE-9"], "Buyer", report);
    if let Some(address) = it.delivery.as_ref().and_then(|delivery| delivery.address.as_ref()) {
        place(address, ["BR-DE-10", "BR-DE-11"], "Deliver to", report);
    }
    tax_numbers(it, report);
    let known = !matches!(it.kind, Kind::PrepaymentInvoice | Kind::SelfBilledCreditNote);
    report.warning(
        known,
        "BR-DE-17",
        "Invoice type (BT-3)",
        "XRechnung should not be used for documents of this type.",
    );
    if let Some(terms) = &it.terms {
        let what = "A line of the payment terms that begins with # must read #SKONTO#TAGE=14#PROZENT=2.00#.";
        let right = terms.lines().map(str::trim).filter(|line| line.starts_with('#')).all(is_skonto);
        report.error(right, "BR-DE-18", "Payment terms (BT-20)", what);
    }
    attachments(it, report);
    let corrects = it.kind != Kind::CorrectedInvoice || !it.preceding.is_empty();
    let what = "A corrected invoice should name the invoice that it corrects.";
    report.warning(corrects, "BR-DE-26", "Preceding invoice (BG-3)", what);
    if let Some(payment) = &it.payment {
        means(payment, report);
    }
    let delivered = it.delivery.as_ref().is_some_and(|delivery| delivery.delivered_on.is_some());
    let when = delivered || it.period.is_some() || it.lines.iter().all(|line| line.period.is_some());
    let what =
        "The invoice should say when it was delivered: the delivery date, the invoicing period, or each line's period.";
    report.warning(when, "BR-DE-TMP-32", "Delivery date (BT-72)", what);
}

fn seller(it: &Invoice, report: &mut Report) {
    let at = "Seller contact (BG-6)";
    match &it.seller.contact {
        None => report.error(false, "BR-DE-2", at, "The seller's contact is missing: name, telephone and e-mail."),
        Some(contact) => {
            report.error(given(contact.name.as_ref()), "BR-DE-5", at, "The seller's contact has no name.");
            let phone = given(contact.phone.as_ref());
            report.error(phone, "BR-DE-6", at, "The seller's contact has no telephone number.");
            let what = "The telephone number of the seller's contact should have three digits at least.";
            report.warning(!phone || contact.phone.as_deref().is_some_and(has_three_digits), "BR-DE-27", at, what);
            let email = given(contact.email.as_ref());
            report.error(email, "BR-DE-7", at, "The seller's contact has no e-mail address.");
            let what = "The e-mail address of the seller's contact does not look like one.";
            report.warning(!email || contact.email.as_deref().is_some_and(is_email), "BR-DE-28", at, what);
        }
    }
    place(&it.seller.address, ["BR-DE-3", "BR-DE-4"], "Seller", report);
}

fn place(address: &Address, [city, post_code]: [&str; 2], of: &str, report: &mut Report) {
    let at = format!("{of} city");
    report.error(given(address.city.as_ref()), city, &at, format!("{of}: the city is missing."));
    let at = format!("{of} post code");
    report.error(given(address.post_code.as_ref()), post_code, &at, format!("{of}: the post code is missing."));
}

fn tax_numbers(it: &Invoice, report: &mut Report) {
    let adjustments = it.allowances.iter().chain(&it.charges).map(|one| one.tax);
    let taxed =
        it.lines.iter().map(|line| line.tax).chain(adjustments).any(|tax| tax.category() != Category::OutsideScope);
    let numbered = given(it.seller.vat_id.as_ref())
        || given(it.seller.tax_registration.as_ref())
        || it.tax_representative.is_some();
    let what = "The seller's VAT number or tax number is missing.";
    report.error(!taxed || numbered, "BR-DE-16", "Seller VAT number (BT-31)", what);
}

fn attachments(it: &Invoice, report: &mut Report) {
    let mut names = HashSet::new();
    let unique = it.attachments.iter().filter_map(|one| one.file.as_ref()).all(|file| names.insert(&file.name));
    let what = "Two attached files have the same name.";
    report.error(unique, "BR-DE-22", "Supporting documents (BG-24)", what);
    let absolute = it.attachments.iter().filter_map(|one| one.location.as_deref()).all(is_absolute_url);
    let what = "The address of a supporting document must be a whole one, such as https://example.com/a.pdf.";
    report.error(absolute, "BR-TMP-2", "Supporting documents (BT-124)", what);
}

/// By transfer there is an account, by card a card, by debit a mandate, and nothing else of these.
fn means(payment: &Payment, report: &mut Report) {
    let at = "Payment means (BT-81)";
    let account = !payment.accounts.is_empty();
    let (card, debit) = (payment.card.is_some(), payment.direct_debit.is_some());
    let other = "The payment instructions mix what belongs to different means of payment.";
    match payment.means.as_str() {
        "30" | "58" => {
            report.error(account, "BR-DE-23-a", at, "It is to be paid by credit transfer, and no account is given.");
            report.error(!card && !debit, "BR-DE-23-b", at, other);
            let ibans = payment.means == "30" || payment.accounts.iter().all(|one| is_iban(&one.id));
            report.warning(ibans, "BR-DE-19", "Payment account (BT-84)", "The account should be a right IBAN.");
        }
        "48" | "54" | "55" => {
            report.error(card, "BR-DE-24-a", at, "It is to be paid by card, and no card is given.");
            report.error(!account && !debit, "BR-DE-24-b", at, other);
        }
        "59" => {
            report.error(debit, "BR-DE-25-a", at, "It is to be paid by direct debit, and no mandate is given.");
            report.error(!account && !card, "BR-DE-25-b", at, other);
        }
        _ => {}
    }
    if let Some(debit) = &payment.direct_debit {
        let what = "The creditor's identifier for the direct debit is missing.";
        report.error(
            debit.creditor.as_ref().is_some_and(|one| filled(one)),
            "BR-DE-30",
            "Creditor identifier (BT-90)",
            what,
        );
        let debited = "Debited account (BT-91)";
        let account = given(debit.account.as_ref());
        report.error(account, "BR-DE-31", debited, "The account that is debited is missing.");
        let iban = !account || payment.means != "59" || debit.account.as_deref().is_some_and(is_iban);
        report.warning(iban, "BR-DE-20", debited, "The account that is debited should be a right IBAN.");
    }
}
