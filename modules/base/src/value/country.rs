use poem_openapi::registry::MetaSchema;

use super::{Refused, text_type::text_type};

/// A country: ISO 3166-1 alpha-2, upper case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Country(&'static str);

impl Country {
    /// # Errors
    /// `invalid_country`.
    pub fn parse(code: &str) -> Result<Self, Refused> {
        rust_iso3166::from_alpha2(code)
            .filter(|country| country.alpha2 == code)
            .map(|country| Self(country.alpha2))
            .ok_or(Refused::new("invalid_country", "Not a country code of ISO 3166-1 (two capital letters)."))
    }

    #[must_use]
    pub fn as_str(&self) -> &'static str {
        self.0
    }

    #[must_use]
    pub fn into_inner(self) -> String {
        self.0.to_owned()
    }

    /// The English short name; for a code that has none, the code.
    #[must_use]
    pub fn name(&self) -> &'static str {
        rust_iso3166::from_alpha2(self.0).map_or(self.0, |country| country.name)
    }

    /// Every country, by code.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all: Vec<_> = rust_iso3166::ALL.iter().map(|country| Self(country.alpha2)).collect();
        all.sort_unstable();
        all
    }

    fn schema() -> MetaSchema {
        MetaSchema {
            description: Some("ISO 3166-1 alpha-2"),
            enum_items: Self::all().iter().map(|code| code.0.into()).collect(),
            max_length: Some(2),
            ..MetaSchema::new_with_format("string", "country")
        }
    }
}

text_type!([] Country, component);
