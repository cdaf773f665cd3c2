//! The open code lists, as EN 16931's artefacts of spring 2026 have them (BR-CL-*). They grow every half year: a file each.

use std::{collections::HashSet, sync::OnceLock};

use crate::model::Country;

pub struct List {
    text: &'static str,
    codes: OnceLock<HashSet<&'static str>>,
}

impl List {
    const fn new(text: &'static str) -> Self {
        Self { text, codes: OnceLock::new() }
    }

    pub fn has(&self, code: &str) -> bool {
        self.find(code).is_some()
    }

    pub fn find(&self, code: &str) -> Option<&'static str> {
        self.codes.get_or_init(|| self.text.split_ascii_whitespace().collect()).get(code).copied()
    }
}

/// UNTDID 1001: what asks for money.
pub static INVOICE_KIND: List = List::new(include_str!("../data/kind_invoice.txt"));
/// UNTDID 1001: what gives it back.
pub static CREDIT_KIND: List = List::new(include_str!("../data/kind_credit.txt"));
/// PEPPOL-EN16931-P0100.
pub static PEPPOL_INVOICE_KIND: List =
    List::new("71 80 82 84 102 218 219 326 331 380 382 383 384 386 388 393 395 553 575 623 780 817 870 875 876 877");
/// PEPPOL-EN16931-P0101.
pub static PEPPOL_CREDIT_KIND: List = List::new("81 83 381 396 532");
/// UN/ECE Recommendations 20 and 21.
pub static UNIT: List = List::new(include_str!("../data/unit.txt"));
/// The Electronic Address Scheme list of the European Commission.
pub static ELECTRONIC_ADDRESS: List = List::new(include_str!("../data/electronic_address.txt"));
/// ISO/IEC 6523.
pub static IDENTIFIER: List = List::new(include_str!("../data/identifier.txt"));
/// The VATEX list of the European Commission.
pub static EXEMPTION: List = List::new(include_str!("../data/exemption.txt"));
/// UNTDID 4461.
pub static PAYMENT_MEANS: List = List::new(include_str!("../data/payment_means.txt"));
/// UNTDID 5189.
pub static ALLOWANCE: List = List::new(include_str!("../data/allowance.txt"));
/// UNTDID 7161.
pub static CHARGE: List = List::new(include_str!("../data/charge.txt"));
/// UNTDID 7143.
pub static ITEM: List = List::new(include_str!("../data/item.txt"));
/// UNTDID 1153.
pub static REFERENCE: List = List::new(include_str!("../data/reference.txt"));
/// UNTDID 4451.
pub static NOTE: List = List::new(include_str!("../data/note.txt"));

/// BR-CL-24.
pub static MIME: List = List::new(
    "application/pdf image/png image/jpeg text/csv application/xml \
     application/vnd.openxmlformats-officedocument.spreadsheetml.sheet application/vnd.oasis.opendocument.spreadsheet",
);

/// BR-CO-09: tax numbers begin with the country, which for Greece is `EL`.
pub fn has_country_prefix(tax_number: &str) -> bool {
    tax_number.get(..2).is_some_and(|prefix| prefix == "EL" || Country::parse(prefix).is_ok())
}
