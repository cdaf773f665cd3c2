use super::report::{Report, filled, given};
use crate::{
    Invoice, codes,
    model::{Identifier, Schemed},
};

/// Who sells, buys, is paid and answers for the tax.
pub fn check(it: &Invoice, report: &mut Report) {
    seller(it, report);
    let buyer = &it.buyer;
    report.error(filled(&buyer.name), "BR-07", "Buyer name (BT-44)", "The buyer's name is missing.");
    party_scheme(buyer.identifier.as_ref(), "Buyer identifier (BT-46)", report);
    legal_scheme(buyer.legal_id.as_ref(), "Buyer registration number (BT-47)", report);
    tax_number(buyer.vat_id.as_ref(), "Buyer VAT number (BT-48)", report);
    electronic_address(buyer.electronic_address.as_ref(), "BR-63", "Buyer electronic address (BT-49)", report);

    if let Some(payee) = &it.payee {
        let seller = &it.seller;
        let another = seller.trading_name.as_ref() != Some(&payee.name)
            && payee.identifier.as_ref().is_none_or(|one| !seller.identifiers.contains(one));
        let what = "The payee needs a name, and is named only if it is not the seller itself.";
        report.error(filled(&payee.name) && another, "BR-17", "Payee name (BT-59)", what);
        party_scheme(payee.identifier.as_ref(), "Payee identifier (BT-60)", report);
        legal_scheme(payee.legal_id.as_ref(), "Payee registration number (BT-61)", report);
    }
    if let Some(one) = &it.tax_representative {
        report.error(
            filled(&one.name),
            "BR-18",
            "Tax representative name (BT-62)",
            "The tax representative's name is missing.",
        );
        let at = "Tax representative VAT number (BT-63)";
        report.error(filled(&one.vat_id), "BR-56", at, "The tax representative's VAT number is missing.");
        tax_number(Some(&one.vat_id), at, report);
    }
}

fn seller(it: &Invoice, report: &mut Report) {
    let seller = &it.seller;
    report.error(filled(&seller.name), "BR-06", "Seller name (BT-27)", "The seller's name is missing.");
    for one in &seller.identifiers {
        party_scheme(Some(one), "Seller identifier (BT-29)", report);
    }
    legal_scheme(seller.legal_id.as_ref(), "Seller registration number (BT-30)", report);
    tax_number(seller.vat_id.as_ref(), "Seller VAT number (BT-31)", report);
    electronic_address(seller.electronic_address.as_ref(), "BR-62", "Seller electronic address (BT-34)", report);
    let found_by = given(seller.vat_id.as_ref())
        || seller
            .identifiers
            .iter()
            .filter(|one| one.scheme.as_deref() != Some("SEPA"))
            .chain(&seller.legal_id)
            .any(|one| filled(&one.value));
    let what =
        "Nothing tells the buyer who the seller is: it takes an identifier, a registration number or a VAT number.";
    report.error(found_by, "BR-CO-26", "Seller (BG-4)", what);
}

fn tax_number(number: Option<&String>, at: &str, report: &mut Report) {
    if let Some(number) = number.filter(|number| filled(number)) {
        let what = "A VAT number begins with the two letters of its country (EL for Greece).";
        report.error(codes::has_country_prefix(number), "BR-CO-09", at, what);
    }
}

fn party_scheme(identifier: Option<&Identifier>, at: &str, report: &mut Report) {
    if let Some(scheme) = identifier.and_then(|one| one.scheme.as_ref()) {
        let known = codes::IDENTIFIER.has(scheme) || scheme == "SEPA";
        report.error(known, "BR-CL-10", at, "The scheme of the identifier is not one of ISO 6523.");
    }
}

fn legal_scheme(identifier: Option<&Identifier>, at: &str, report: &mut Report) {
    if let Some(scheme) = identifier.and_then(|one| one.scheme.as_ref()) {
        let what = "The scheme of the registration number is not one of ISO 6523.";
        report.error(codes::IDENTIFIER.has(scheme), "BR-CL-11", at, what);
    }
}

fn electronic_address(address: Option<&Schemed>, missing: &str, at: &str, report: &mut Report) {
    let Some(address) = address else { return };
    if filled(&address.scheme) {
        let what = "The scheme of the electronic address is not in the list of the European Commission (EAS).";
        report.error(codes::ELECTRONIC_ADDRESS.has(&address.scheme), "BR-CL-25", at, what);
    } else {
        report.error(false, missing, at, "The electronic address does not say of which scheme it is.");
    }
}
