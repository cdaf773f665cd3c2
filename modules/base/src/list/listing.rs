use std::marker::PhantomData;

use poem::{Request, RequestBody};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaParamIn, MetaSchema, MetaSchemaRef, Registry},
};
use sea_orm::{Condition, Value};

use super::{FARTHEST, Filter, Listed, MOST, USUAL, cursor::Cursor, sort::Asked};
use crate::{
    actor::Actor,
    error::{Error, Result},
    search::Words,
};

/// The query of a list, understood: anything in it that the document does not name is a 400.
///
/// The document shows its parameters one by one; poem-openapi knows no such argument, so it appears there first as one
/// object, named [`Listing::MARK`] and the record's kind, which the `openapi` crate spreads out.
pub struct Listing<E: Listed> {
    pub(super) asked: Vec<(Filter, Vec<Value>)>,
    pub(super) search: Option<Words>,
    pub(super) sorts: Vec<Asked>,
    pub(super) limit: u64,
    pub(super) offset: Option<u64>,
    pub(super) cursor: Option<Cursor>,
    pub(super) trashed: bool,
    entity: PhantomData<E>,
}

/// The most values of one filter.
const ANY_OF: usize = 50;

/// How the object that stands for a list's parameters is called in poem-openapi's document.
pub const MARK: &str = "ListingOf_";

impl<E: Listed> Listing<E> {
    pub(super) fn condition(&self, actor: &Actor) -> Condition {
        self.asked
            .iter()
            .fold(Condition::all(), |all, (filter, values)| all.add((filter.condition)(actor, values.clone())))
    }

    /// Whether all that is asked can be told by who reaches what.
    pub(super) fn is_reached(&self) -> bool {
        !self.trashed && self.asked.iter().all(|(filter, _)| filter.is_reached(E::REACHED))
    }

    pub fn parse(query: &str) -> Result<Self> {
        let pairs: Vec<(String, String)> =
            serde_urlencoded::from_str(query).map_err(|_| wrong("query", "is not understood"))?;
        if pairs.len() > 100 {
            return Err(wrong("query", "has more than 100 parameters"));
        }
        let mut listing = Self {
            asked: Vec::new(),
            search: None,
            sorts: Self::usual(),
            limit: USUAL,
            offset: None,
            cursor: None,
            trashed: false,
            entity: PhantomData,
        };
        let mut cursor = None;
        let mut seen: Vec<&str> = Vec::new();
        for (name, text) in &pairs {
            let filter = E::filters().into_iter().find(|filter| filter.name == *name);
            if seen.contains(&name.as_str()) && !filter.as_ref().is_some_and(|filter| filter.many) {
                return Err(wrong(name, "is given twice"));
            }
            seen.push(name);
            match (name.as_str(), filter) {
                (_, Some(filter)) => listing.ask(filter, text)?,
                ("search", _) if E::SEARCHED => listing.search = searched(text)?,
                ("sort", _) => listing.sorts = Self::sorted(text)?,
                ("limit", _) => listing.limit = number(name, text, 1..=MOST)?,
                ("offset", _) => listing.offset = Some(number(name, text, 0..=FARTHEST)?),
                ("cursor", _) => cursor = Some(text),
                ("trashed", _) => listing.trashed = text.parse().map_err(|_| wrong(name, "is true or false"))?,
                _ => return Err(wrong(name, "is not a parameter of this list")),
            }
        }
        if cursor.is_some() && listing.offset.is_some() {
            return Err(wrong("cursor", "and offset cannot be given together"));
        }
        if let Some(text) = cursor {
            let decoded = Cursor::decode(text, &listing.sorts);
            listing.cursor = Some(decoded.ok_or_else(|| wrong("cursor", "is not one of this list in this sort"))?);
        }
        Ok(listing)
    }

    fn ask(&mut self, filter: Filter, text: &str) -> Result<()> {
        let value = (filter.parse)(text).ok_or_else(|| wrong(&filter.name, "has a value that is not allowed here"))?;
        match self.asked.iter_mut().find(|(asked, _)| asked.name == filter.name) {
            Some((_, values)) if values.len() == ANY_OF => {
                return Err(wrong(&filter.name, &format!("is given more than {ANY_OF} times")));
            }
            Some((_, values)) => values.push(value),
            None => self.asked.push((filter, vec![value])),
        }
        Ok(())
    }

    /// Unasked: by the first of the sorts, the newest or largest first.
    fn usual() -> Vec<Asked> {
        E::sorts().into_iter().take(1).map(|sort| Asked { sort, descending: true }).collect()
    }

    fn sorted(text: &str) -> Result<Vec<Asked>> {
        let sorts = E::sorts();
        let names: Vec<&str> = text.split(',').collect();
        if names.len() > 3 {
            return Err(wrong("sort", "takes at most three names"));
        }
        let mut asked: Vec<Asked> = Vec::new();
        for spelled in names {
            let name = spelled.strip_prefix('-').unwrap_or(spelled);
            let sort = sorts
                .iter()
                .find(|sort| sort.name == name)
                .ok_or_else(|| wrong("sort", "has a name that is not allowed"))?;
            if asked.iter().any(|asked| asked.sort.name == name) {
                return Err(wrong("sort", "has a name twice"));
            }
            asked.push(Asked { sort: sort.clone(), descending: spelled.starts_with('-') });
        }
        Ok(asked)
    }

    fn schema() -> MetaSchema {
        let text = |about: &'static str| MetaSchema {
            description: Some(about),
            max_length: Some(2_000),
            ..MetaSchema::new("string")
        };
        let number = |about: &'static str, from: u64, to: u64, usual: Option<u64>| MetaSchema {
            description: Some(about),
            minimum: Some(small(from)),
            maximum: Some(small(to)),
            default: usual.map(Into::into),
            ..MetaSchema::new("integer")
        };
        let mut properties: Vec<(&'static str, MetaSchemaRef)> = Vec::new();
        let mut add =
            |name: &'static str, schema: MetaSchema| properties.push((name, MetaSchemaRef::Inline(Box::new(schema))));
        if E::SEARCHED {
            let search = MetaSchema {
                max_length: Some(200),
                pattern: Some("^[^\\u0000]*$".to_owned()),
                ..text("Words, each of which must begin a word of the record.")
            };
            add("search", search);
        }
        for filter in E::filters() {
            // Schemas live as long as the program; each list is described once.
            let about: &'static str = filter.about.clone().leak();
            let name: &'static str = filter.name.clone().leak();
            let one = (filter.schema)();
            if filter.many {
                let items = Some(Box::new(one));
                add(
                    name,
                    MetaSchema {
                        description: Some(about),
                        items,
                        max_items: Some(ANY_OF),
                        min_items: Some(1),
                        ..MetaSchema::new("array")
                    },
                );
            } else {
                let described = MetaSchema { description: Some(about), ..MetaSchema::ANY };
                add(name, one.merge(described).unwrap_inline().clone());
            }
        }
        let signed = E::sorts().into_iter().flat_map(|sort| [sort.name.to_owned(), format!("-{}", sort.name)]);
        let either = signed.collect::<Vec<_>>().join("|");
        let sort = MetaSchema {
            pattern: Some(format!("^({either})(,({either})){{0,2}}$")),
            ..text("Up to three names, different ones, with commas between; `-` before one turns it round.")
        };
        add("sort", sort);
        add("limit", number("Rows of this page.", 1, MOST, Some(USUAL)));
        add(
            "offset",
            number(
                "Rows to leave out, for clients that page by number. Not together with `cursor`.",
                0,
                FARTHEST,
                None,
            ),
        );
        add("cursor", text("The `next` of the page before, in the same sort."));
        add(
            "trashed",
            MetaSchema {
                description: Some("Show the trash instead."),
                default: Some(false.into()),
                ..MetaSchema::new("boolean")
            },
        );
        MetaSchema { properties, ..MetaSchema::new("object") }
    }
}

impl<'a, E: Listed> ApiExtractor<'a> for Listing<E> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::Parameter];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        for filter in E::filters() {
            (filter.register)(registry);
        }
        registry.schemas.entry(format!("{MARK}{}", E::KIND)).or_insert_with(Self::schema);
    }

    fn param_in() -> Option<MetaParamIn> {
        Some(MetaParamIn::Query)
    }

    fn param_schema_ref() -> Option<MetaSchemaRef> {
        Some(MetaSchemaRef::Reference(format!("{MARK}{}", E::KIND)))
    }

    async fn from_request(request: &'a Request, _: &mut RequestBody, _: ExtractParamOptions<()>) -> poem::Result<Self> {
        Ok(Self::parse(request.uri().query().unwrap_or_default())?)
    }
}

fn searched(text: &str) -> Result<Option<Words>> {
    if text.chars().count() > 200 || text.contains('\0') {
        return Err(wrong("search", "has at most 200 characters"));
    }
    if text.trim().is_empty() {
        return Ok(None);
    }
    Ok(Some(Words::of(text)))
}

fn number(name: &str, text: &str, allowed: std::ops::RangeInclusive<u64>) -> Result<u64> {
    let number = text.parse().ok().filter(|number| allowed.contains(number));
    number.ok_or_else(|| wrong(name, &format!("is a number from {} to {}", allowed.start(), allowed.end())))
}

pub(super) fn wrong(name: &str, why: &str) -> Error {
    let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(64).collect();
    Error::bad_request("invalid_parameter", format!("`{name}` {why}."))
}

fn small(number: u64) -> f64 {
    u32::try_from(number).unwrap_or(u32::MAX).into()
}
