//! Telephone numbers and blank texts, as this module's rows keep them.

use base::value::{Country, Phone, PhoneView};
use poem_openapi::types::MaybeUndefined;

/// A nullable column after a merge patch.
pub fn patch<T, U>(column: &mut Option<U>, change: MaybeUndefined<T>, keep: impl FnOnce(T) -> U) {
    match change {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => *column = None,
        MaybeUndefined::Value(value) => *column = Some(keep(value)),
    }
}

/// The two columns of a telephone number after a merge patch; a number without a `+` is dialled from `country`.
pub fn patch_phone(
    typed: &mut Option<String>,
    e164: &mut Option<String>,
    change: MaybeUndefined<Phone>,
    country: Option<&str>,
) {
    let number = match change {
        MaybeUndefined::Undefined => return,
        MaybeUndefined::Null => None,
        MaybeUndefined::Value(phone) => Some(phone),
    };
    let region = country.and_then(|code| Country::parse(code).ok());
    (*typed, *e164) = match number.map(|phone| phone.in_region(region.as_ref()).into_parts()) {
        Some((as_typed, dialled)) => (Some(as_typed), dialled),
        None => (None, None),
    };
}

/// A number from its two columns.
pub fn phone(typed: Option<String>, e164: Option<String>) -> Option<PhoneView> {
    typed.map(|typed| Phone::stored(typed, e164).into())
}
