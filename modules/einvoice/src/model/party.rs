use super::{Country, Identifier, Schemed};

/// BG-4 with BG-5 and BG-6.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seller {
    /// BT-27: as registered.
    pub name: String,
    /// BT-28.
    pub trading_name: Option<String>,
    /// BT-29, by ISO 6523 where they have a scheme; those without one come first.
    pub identifiers: Vec<Identifier>,
    /// BT-30: the register's number.
    pub legal_id: Option<Identifier>,
    /// BT-31, with the country before it.
    pub vat_id: Option<String>,
    /// BT-32: the tax office's number.
    pub tax_registration: Option<String>,
    /// BT-33: capital, directors and what else the law wants on letters.
    pub legal_information: Option<String>,
    /// BT-34, by the Electronic Address Scheme list.
    pub electronic_address: Option<Schemed>,
    /// BG-5.
    pub address: Address,
    /// BG-6.
    pub contact: Option<Contact>,
}

impl Seller {
    #[must_use]
    pub fn new(name: impl Into<String>, address: Address) -> Self {
        Self {
            name: name.into(),
            trading_name: None,
            identifiers: Vec::new(),
            legal_id: None,
            vat_id: None,
            tax_registration: None,
            legal_information: None,
            electronic_address: None,
            address,
            contact: None,
        }
    }
}

/// BG-7 with BG-8 and BG-9.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Buyer {
    /// BT-44.
    pub name: String,
    /// BT-45.
    pub trading_name: Option<String>,
    /// BT-46.
    pub identifier: Option<Identifier>,
    /// BT-47.
    pub legal_id: Option<Identifier>,
    /// BT-48, with the country before it.
    pub vat_id: Option<String>,
    /// BT-49.
    pub electronic_address: Option<Schemed>,
    /// BG-8.
    pub address: Address,
    /// BG-9.
    pub contact: Option<Contact>,
}

impl Buyer {
    #[must_use]
    pub fn new(name: impl Into<String>, address: Address) -> Self {
        Self {
            name: name.into(),
            trading_name: None,
            identifier: None,
            legal_id: None,
            vat_id: None,
            electronic_address: None,
            address,
            contact: None,
        }
    }
}

/// BG-10.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payee {
    /// BT-59.
    pub name: String,
    /// BT-60.
    pub identifier: Option<Identifier>,
    /// BT-61.
    pub legal_id: Option<Identifier>,
}

/// BG-11 with BG-12.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxRepresentative {
    /// BT-62.
    pub name: String,
    /// BT-63, with the country before it.
    pub vat_id: String,
    /// BG-12.
    pub address: Address,
}

/// BG-5, BG-8, BG-12, BG-15.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// BT-35, BT-50, BT-64, BT-75.
    pub line1: Option<String>,
    /// BT-36, BT-51, BT-65, BT-76.
    pub line2: Option<String>,
    /// BT-162, BT-163, BT-164, BT-165.
    pub line3: Option<String>,
    /// BT-37, BT-52, BT-66, BT-77.
    pub city: Option<String>,
    /// BT-38, BT-53, BT-67, BT-78.
    pub post_code: Option<String>,
    /// BT-39, BT-54, BT-68, BT-79.
    pub subdivision: Option<String>,
    /// BT-40, BT-55, BT-69, BT-80.
    pub country: Country,
}

impl Address {
    #[must_use]
    pub fn new(line1: &str, post_code: &str, city: &str, country: Country) -> Self {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Self {
            line1: some(line1),
            line2: None,
            line3: None,
            city: some(city),
            post_code: some(post_code),
            subdivision: None,
            country,
        }
    }
}

/// BG-6, BG-9.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// BT-41, BT-56.
    pub name: Option<String>,
    /// BT-42, BT-57.
    pub phone: Option<String>,
    /// BT-43, BT-58.
    pub email: Option<String>,
}
