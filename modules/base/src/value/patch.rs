//! Merge patches (RFC 7396) put onto a row: absent leaves, `null` clears.

use poem_openapi::types::MaybeUndefined;

use super::{Change, Phone};

/// Sets a column that can be empty.
pub fn patch<T: Into<C>, C>(column: &mut Option<C>, change: MaybeUndefined<T>) {
    match change {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => *column = None,
        MaybeUndefined::Value(value) => *column = Some(value.into()),
    }
}

/// Sets a column that always holds something.
pub fn patch_required<T: Into<C>, C>(column: &mut C, change: Change<T>) {
    if let Change::To(value) = change {
        *column = value.into();
    }
}

/// Sets the two columns of a phone number.
pub fn put_phone(phone: Option<Phone>, typed: &mut Option<String>, e164: &mut Option<String>) {
    (*typed, *e164) = phone.map(Phone::into_parts).map_or((None, None), |(typed, e164)| (Some(typed), e164));
}

/// Changes the two columns of a phone number.
pub fn patch_phone(change: MaybeUndefined<Phone>, typed: &mut Option<String>, e164: &mut Option<String>) {
    match change {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => put_phone(None, typed, e164),
        MaybeUndefined::Value(phone) => put_phone(Some(phone), typed, e164),
    }
}
