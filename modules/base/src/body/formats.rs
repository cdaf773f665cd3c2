//! The `format`s of the published schemas, each held to by the value type it stands for.

use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use jsonschema::{Draft, PatternOptions, ValidationOptions};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::value::{Country, CurrencyCode, DayOrTime, Email, Phone, Timezone, WebUrl};

/// Draft 4 is the one whose `exclusiveMaximum` and whole numbers are those of OpenAPI 3.0.
pub(super) fn options() -> ValidationOptions<'static> {
    jsonschema::options()
        .with_draft(Draft::Draft4)
        .with_pattern_options(PatternOptions::regex())
        .should_validate_formats(true)
        .with_format("country", is::<Country>)
        .with_format("currency", is::<CurrencyCode>)
        .with_format("date", is::<NaiveDate>)
        .with_format("date-time", is::<DateTime<FixedOffset>>)
        .with_format("day-or-time", is::<DayOrTime>)
        .with_format("decimal", is::<Decimal>)
        .with_format("email", is::<Email>)
        .with_format("phone", is::<Phone>)
        .with_format("naive-time", is::<NaiveTime>)
        .with_format("timezone", is::<Timezone>)
        .with_format("uri", is::<WebUrl<{ usize::MAX }>>)
        .with_format("uuid", is::<Uuid>)
}

fn is<T: FromStr>(text: &str) -> bool {
    text.parse::<T>().is_ok()
}

/// The fault's code and detail for text that is not of a format.
pub(super) fn fault(format: &str) -> (&'static str, &'static str) {
    match format {
        "country" => ("invalid_country", "Not a country code of ISO 3166-1."),
        "currency" => ("invalid_currency", "Not a currency code of ISO 4217."),
        "date" => ("invalid_date", "Not a date (2030-12-31)."),
        "date-time" => ("invalid_time", "Not a time (2030-12-31T23:59:59Z)."),
        "day-or-time" => (
            "invalid_day_or_time",
            "Not a day (2030-12-31) or a time of a day (2030-12-31T09:00:00) of the years 1970 to 2199.",
        ),
        "decimal" => {
            ("invalid_decimal", "Not a number, as text: up to so many digits, then perhaps a point and a few more.")
        }
        "email" => ("invalid_email", "Not an e-mail address."),
        "phone" => ("invalid_phone", "Not a telephone number."),
        "naive-time" => ("invalid_time", "Not a time of day (23:59:59)."),
        "timezone" => ("invalid_timezone", "Not a name of the IANA time zone database."),
        "uri" => ("invalid_url", "Not a web address (https://example.com/page)."),
        "uuid" => ("invalid_id", "Not an id (a UUID)."),
        _ => ("invalid_format", "Not in the expected format."),
    }
}
