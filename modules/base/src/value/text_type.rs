//! What every value written as a JSON string has in common.

/// Derives the traits of a value that is a JSON string from its `parse(&str)`, `as_str()` and `schema()`:
/// poem-openapi's, serde's, `FromStr`, `Display`, `AsRef<str>` and `Into<String>`.
///
/// `text_type!([generics] Type, schema)` publishes the schema in place, `text_type!([] Type, component)` once by name.
macro_rules! text_type {
    ([$($generics:tt)*] $ty:ty, inline) => {
        text_type!(@type [$($generics)*] $ty,
            fn schema_ref() -> poem_openapi::registry::MetaSchemaRef {
                poem_openapi::registry::MetaSchemaRef::Inline(Box::new(Self::schema()))
            }
        );
    };

    ([$($generics:tt)*] $ty:ty, component) => {
        text_type!(@type [$($generics)*] $ty,
            fn schema_ref() -> poem_openapi::registry::MetaSchemaRef {
                poem_openapi::registry::MetaSchemaRef::Reference(
                    <Self as poem_openapi::types::Type>::name().into_owned(),
                )
            }

            fn register(registry: &mut poem_openapi::registry::Registry) {
                let name = <Self as poem_openapi::types::Type>::name().into_owned();
                registry.create_schema::<Self, _>(name, |_| Self::schema());
            }
        );
    };

    (@type [$($generics:tt)*] $ty:ty, $($schema:item)+) => {
        impl<$($generics)*> poem_openapi::types::Type for $ty {
            const IS_REQUIRED: bool = true;
            type RawValueType = Self;
            type RawElementValueType = Self;

            fn name() -> std::borrow::Cow<'static, str> {
                let path = stringify!($ty);
                path.split('<').next().unwrap_or(path).trim().into()
            }

            $($schema)+

            fn as_raw_value(&self) -> Option<&Self> {
                Some(self)
            }

            fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
                Box::new(std::iter::once(self))
            }
        }

        impl<$($generics)*> poem_openapi::types::ParseFromJSON for $ty {
            fn parse_from_json(
                value: Option<serde_json::Value>,
            ) -> poem_openapi::types::ParseResult<Self> {
                match value.unwrap_or_default() {
                    serde_json::Value::String(typed) => {
                        Self::parse(&typed).map_err(poem_openapi::types::ParseError::custom)
                    }
                    other => Err(poem_openapi::types::ParseError::expected_type(other)),
                }
            }
        }

        impl<$($generics)*> poem_openapi::types::ParseFromParameter for $ty {
            fn parse_from_parameter(typed: &str) -> poem_openapi::types::ParseResult<Self> {
                Self::parse(typed).map_err(poem_openapi::types::ParseError::custom)
            }
        }

        impl<$($generics)*> poem_openapi::types::ToJSON for $ty {
            fn to_json(&self) -> Option<serde_json::Value> {
                Some(self.as_str().into())
            }
        }

        impl<$($generics)*> std::str::FromStr for $ty {
            type Err = crate::value::Refused;

            fn from_str(typed: &str) -> Result<Self, Self::Err> {
                Self::parse(typed)
            }
        }

        impl<$($generics)*> std::fmt::Display for $ty {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl<$($generics)*> AsRef<str> for $ty {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl<$($generics)*> From<$ty> for String {
            fn from(value: $ty) -> Self {
                value.as_str().to_owned()
            }
        }

        impl<$($generics)*> From<$ty> for sea_orm::Value {
            fn from(value: $ty) -> Self {
                value.as_str().into()
            }
        }

        impl<$($generics)*> TryFrom<String> for $ty {
            type Error = crate::value::Refused;

            fn try_from(typed: String) -> Result<Self, Self::Error> {
                Self::parse(&typed)
            }
        }

        impl<$($generics)*> serde::Serialize for $ty {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de, $($generics)*> serde::Deserialize<'de> for $ty {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let typed = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&typed).map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(super) use text_type;
