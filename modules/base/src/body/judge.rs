//! Holds a body to the schema that is published for it, and finds every fault.

use std::{
    any::TypeId,
    collections::HashMap,
    sync::{Arc, LazyLock, PoisonError, RwLock},
};

use jsonschema::{
    JsonType, ValidationError, Validator,
    error::{TypeKind, ValidationErrorKind},
};
use poem_openapi::types::Type;
use serde_json::Value;

use super::{formats, schema};
use crate::{
    error::{Error, Result},
    fault::{Fault, Faults},
};

/// More faults than this help nobody.
const MOST: usize = 100;

type Validators = HashMap<TypeId, Option<Arc<Validator>>>;

static VALIDATORS: LazyLock<RwLock<Validators>> = LazyLock::new(RwLock::default);

/// Whether `body` fits the published schema of `T`.
///
/// # Errors
/// 422 with every fault, one for each place, at most 100.
pub(super) fn judge<T: Type + 'static>(body: &Value) -> Result<()> {
    let Some(validator) = validator::<T>() else { return Ok(()) };
    if validator.is_valid(body) {
        return Ok(());
    }
    let mut found = Vec::new();
    for error in validator.iter_errors(body).take(10 * MOST) {
        collect(&error, &mut found);
    }
    found.sort_by(|(rank, a), (other, b)| (&a.pointer, rank).cmp(&(&b.pointer, other)));
    found.dedup_by(|(_, b), (_, a)| a.pointer == b.pointer);
    found.truncate(MOST);
    Err(Error::faults(found.into_iter().map(|(_, fault)| fault).collect()))
}

/// For what fits the schema and still cannot be read.
pub(super) fn unexplained() -> Faults {
    let mut faults = Faults::new();
    faults.add("", "invalid", "The values do not fit.");
    faults
}

fn validator<T: Type + 'static>() -> Option<Arc<Validator>> {
    let id = TypeId::of::<T>();
    let known = VALIDATORS.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(validator) = known.get(&id) {
        return validator.clone();
    }
    drop(known);
    let built = formats::options()
        .build(&schema::of::<T>())
        .inspect_err(|cause| tracing::error!(%cause, name = %T::name(), "schema does not compile"))
        .ok()
        .map(Arc::new);
    let mut known = VALIDATORS.write().unwrap_or_else(PoisonError::into_inner);
    known.entry(id).or_insert(built).clone()
}

/// Faults with their rank: of several in one place, the lowest is told.
fn collect(error: &ValidationError<'_>, found: &mut Vec<(u8, Fault)>) {
    let place = error.instance_path().to_string();
    let mut add = |rank, pointer: String, code: &str, detail: &str| {
        found.push((rank, Fault { pointer, code: code.into(), detail: detail.into() }));
    };
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            add(0, inside(&place, name), "required", "Must be given.");
        }
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            for name in unexpected.iter().take(10 * MOST) {
                let pointer = inside(&place, name);
                add(0, pointer, "unknown_field", "There is no such field here.");
            }
        }
        ValidationErrorKind::Type { .. } if error.instance().is_null() => {
            add(0, place, "not_nullable", "Must not be null.");
        }
        ValidationErrorKind::Type { kind } => {
            add(0, place, "wrong_type", &format!("Must be {}.", expected(kind)));
        }
        ValidationErrorKind::MaxLength { limit } => {
            let detail = format!("Must have at most {limit} characters.");
            add(1, place, "too_long", &detail);
        }
        ValidationErrorKind::MinLength { limit } => {
            let detail = format!("Must have at least {limit} characters.");
            add(2, place, "too_short", &detail);
        }
        ValidationErrorKind::Format { format } => {
            let (code, detail) = formats::fault(format);
            // Of a code that is not on the list, its length is beside the point.
            let closed = matches!(format.as_str(), "country" | "currency" | "timezone");
            add(if closed { 0 } else { 3 }, place, code, detail);
        }
        ValidationErrorKind::Pattern { .. } if is_blank(error.instance()) => {
            add(4, place, "too_short", "Must not be blank.");
        }
        ValidationErrorKind::Pattern { .. } => {
            add(4, place, "invalid_text", "Has characters that are not possible here.");
        }
        ValidationErrorKind::Enum { .. } | ValidationErrorKind::Constant { .. } => {
            add(4, place, "not_in_enum", "Not one of the possible values.");
        }
        ValidationErrorKind::Minimum { limit } => {
            let detail = format!("Must be at least {limit}.");
            add(1, place, "out_of_range", &detail);
        }
        ValidationErrorKind::Maximum { limit } => {
            let detail = format!("Must be at most {limit}.");
            add(1, place, "out_of_range", &detail);
        }
        ValidationErrorKind::ExclusiveMinimum { limit } => {
            let detail = format!("Must be more than {limit}.");
            add(1, place, "out_of_range", &detail);
        }
        ValidationErrorKind::ExclusiveMaximum { limit } => {
            let detail = format!("Must be less than {limit}.");
            add(1, place, "out_of_range", &detail);
        }
        ValidationErrorKind::MaxItems { limit } => {
            let detail = format!("Must have at most {limit} items.");
            add(1, place, "too_many_items", &detail);
        }
        ValidationErrorKind::MinItems { limit } => {
            let detail = format!("Must have at least {limit} items.");
            add(1, place, "too_few_items", &detail);
        }
        ValidationErrorKind::UniqueItems => {
            add(5, place, "duplicate_items", "Must not name anything twice.");
        }
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            match meant(context, &place) {
                Some(branch) => branch.iter().for_each(|error| collect(error, found)),
                None => add(5, place, "invalid", "Fits none of the possibilities."),
            }
        }
        _ => add(5, place, "invalid", "Not possible here."),
    }
}

/// Of several possibilities, the one that got past the type of the value as a whole.
fn meant<'e>(context: &'e [Vec<ValidationError<'static>>], place: &str) -> Option<&'e Vec<ValidationError<'static>>> {
    context.iter().find(|branch| {
        !branch.is_empty()
            && !branch.iter().any(|error| {
                matches!(error.kind(), ValidationErrorKind::Type { .. }) && error.instance_path().as_str() == place
            })
    })
}

fn inside(place: &str, name: &str) -> String {
    format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn is_blank(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.trim().is_empty())
}

fn expected(kind: &TypeKind) -> &'static str {
    let kind = match kind {
        TypeKind::Single(kind) => Some(*kind),
        TypeKind::Multiple(kinds) => kinds.iter().find(|kind| *kind != JsonType::Null),
    };
    match kind {
        Some(JsonType::Array) => "a list",
        Some(JsonType::Boolean) => "true or false",
        Some(JsonType::Integer) => "a whole number",
        Some(JsonType::Number) => "a number",
        Some(JsonType::Object) => "an object",
        Some(JsonType::String) => "a string",
        Some(JsonType::Null) | None => "of another type",
    }
}
