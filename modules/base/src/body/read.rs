//! JSON in which no name of an object comes twice: of two, one reader takes the first and another the last (RFC 8259, 4).

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::error::{Error, Result};

const TWICE: &str = "a name is there twice";

/// # Errors
/// 400 `invalid_json`, with the place.
pub fn read(bytes: &[u8]) -> Result<Value> {
    let read: Result<Plain, _> = serde_json::from_slice(bytes);
    read.map(|plain| plain.0).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let detail = if error.to_string().starts_with(TWICE) {
            format!("The body says something twice: see line {line}, column {column}.")
        } else {
            format!("The body is not JSON: see line {line}, column {column}.")
        };
        Error::bad_request("invalid_json", detail)
    })
}

struct Plain(Value);

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Plain;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Plain, E> {
        Ok(Plain(Value::Null))
    }

    fn visit_bool<E>(self, given: bool) -> Result<Plain, E> {
        Ok(Plain(given.into()))
    }

    fn visit_i64<E>(self, given: i64) -> Result<Plain, E> {
        Ok(Plain(given.into()))
    }

    fn visit_u64<E>(self, given: u64) -> Result<Plain, E> {
        Ok(Plain(given.into()))
    }

    fn visit_f64<E>(self, given: f64) -> Result<Plain, E> {
        Ok(Plain(Number::from_f64(given).map_or(Value::Null, Value::Number)))
    }

    fn visit_str<E>(self, given: &str) -> Result<Plain, E> {
        Ok(Plain(given.into()))
    }

    fn visit_string<E>(self, given: String) -> Result<Plain, E> {
        Ok(Plain(given.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut given: A) -> Result<Plain, A::Error> {
        let mut items = Vec::new();
        while let Some(Plain(item)) = given.next_element()? {
            items.push(item);
        }
        Ok(Plain(items.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut given: A) -> Result<Plain, A::Error> {
        let mut members = Map::new();
        while let Some((name, Plain(member))) = given.next_entry::<String, Plain>()? {
            if members.insert(name, member).is_some() {
                return Err(A::Error::custom(TWICE));
            }
        }
        Ok(Plain(members.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_once_reads_as_it_is() {
        let text = r#"{"a": [1, -2, 0.5, "x", null, true], "b": {"a": {}}, "c": 18446744073709551615}"#;
        assert_eq!(read(text.as_bytes()).unwrap(), serde_json::from_str::<Value>(text).unwrap());
    }

    #[test]
    fn what_is_said_twice_is_refused() {
        for text in [r#"{"a": 1, "a": 2}"#, r#"{"b": [{"a": 1, "\u0061": 1}]}"#] {
            let refused = read(text.as_bytes()).unwrap_err();
            assert_eq!(refused.code(), "invalid_json");
            assert!(refused.problem().unwrap().detail.contains("twice"));
        }
        assert!(read(b"{\"a\": 1} {}").is_err(), "nor is there anything after it");
        assert!(read(b"[1e400]").is_err(), "nor a number that is none");
    }
}
