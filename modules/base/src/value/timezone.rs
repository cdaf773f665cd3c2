use chrono_tz::{TZ_VARIANTS, Tz};
use poem_openapi::registry::MetaSchema;

use super::{Refused, text_type::text_type};

/// A time zone by its IANA name (`Europe/Berlin`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Timezone(Tz);

impl Timezone {
    pub const UTC: Self = Self(Tz::UTC);

    /// # Errors
    /// `invalid_timezone`.
    pub fn parse(name: &str) -> Result<Self, Refused> {
        name.parse()
            .map(Self)
            .map_err(|_| Refused::new("invalid_timezone", "Not a name of the IANA time zone database."))
    }

    #[must_use]
    pub fn as_str(&self) -> &'static str {
        self.0.name()
    }

    #[must_use]
    pub fn into_inner(self) -> String {
        self.as_str().to_owned()
    }

    #[must_use]
    pub fn tz(self) -> Tz {
        self.0
    }

    fn schema() -> MetaSchema {
        MetaSchema {
            description: Some("IANA time zone"),
            enum_items: TZ_VARIANTS.iter().map(|tz| tz.name().into()).collect(),
            max_length: Some(64),
            ..MetaSchema::new_with_format("string", "timezone")
        }
    }
}

text_type!([] Timezone, component);
