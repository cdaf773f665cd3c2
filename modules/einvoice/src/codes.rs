//! The open code lists, as EN 16931's artefacts of spring 2026 have them (BR-CL-*). They grow every half year: a file each.

use crate::model::Country;

#[derive(Clone, Copy)]
pub struct List(&'static str);

impl List {
    pub fn has(self, code: &str) -> bool {
        self.find(code).is_some()
    }

    pub fn find(self, code: &str) -> Option<&'static str> {
        self.0.split_ascii_whitespace().find(|one| *one == code)
    }
}

/// UNTDID 1001: what asks for money.
pub const INVOICE_KIND: List = List(include_str!("../data/kind_invoice.txt"));
/// UNTDID 1001: what gives it back.
pub const CREDIT_KIND: List = List(include_str!("../data/kind_credit.txt"));
/// UN/ECE Recommendations 20 and 21.
pub const UNIT: List = List(include_str!("../data/unit.txt"));
/// The Electronic Address Scheme list of the European Commission.
pub const ELECTRONIC_ADDRESS: List = List(include_str!("../data/electronic_address.txt"));
/// ISO/IEC 6523.
pub const IDENTIFIER: List = List(include_str!("../data/identifier.txt"));
/// The VATEX list of the European Commission.
pub const EXEMPTION: List = List(include_str!("../data/exemption.txt"));
/// UNTDID 4461.
pub const PAYMENT_MEANS: List = List(include_str!("../data/payment_means.txt"));
/// UNTDID 5189.
pub const ALLOWANCE: List = List(include_str!("../data/allowance.txt"));
/// UNTDID 7161.
pub const CHARGE: List = List(include_str!("../data/charge.txt"));
/// UNTDID 7143.
pub const ITEM: List = List(include_str!("../data/item.txt"));
/// UNTDID 1153.
pub const REFERENCE: List = List(include_str!("../data/reference.txt"));
/// UNTDID 4451.
pub const NOTE: List = List(include_str!("../data/note.txt"));

/// BR-CL-24.
pub const MIME: List = List(
    "application/pdf image/png image/jpeg text/csv application/xml \
     application/vnd.openxmlformats-officedocument.spreadsheetml.sheet application/vnd.oasis.opendocument.spreadsheet",
);

/// BR-CO-09: tax numbers begin with the country, which for Greece is `EL`.
pub fn has_country_prefix(tax_number: &str) -> bool {
    tax_number.get(..2).is_some_and(|prefix| prefix == "EL" || Country::parse(prefix).is_ok())
}
