//! The words that stand for something of the case at hand: a closed list, so that nothing else of the organisation can be said.

use std::collections::HashMap;

use base::{Faults, Result, Tx};
use sea_orm::ColumnTrait;

use crate::{
    case,
    case_contact::{Column as Contact, Entity as Contacts},
};

const KNOWN: &[&str] =
    &["case.number", "case.name", "contact.name", "contact.first_name", "contact.last_name", "me.name", "org.name"];

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
enum Part<'t> {
    Plain(&'t str),
    /// Between braces, without the space around it.
    Name(&'t str),
    /// It begins and does not end.
    Open,
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let (mut parts, mut rest) = (Vec::new(), text);
    while let Some((before, after)) = rest.split_once("{{") {
        parts.push(Part::Plain(before));
        let Some((name, behind)) = after.split_once("}}") else {
            parts.push(Part::Open);
            return parts;
        };
        parts.push(Part::Name(name.trim()));
        rest = behind;
    }
    parts.push(Part::Plain(rest));
    parts
}

/// A text must say something, and hold no other placeholders than those that are known.
pub fn check(text: &str, pointer: &str, faults: &mut Faults) {
    if text.is_empty() {
        faults.add(pointer, "too_short", "Must not be blank.");
    }
    for part in parts(text) {
        match part {
            Part::Name(name) if !KNOWN.contains(&name) => {
                let known = KNOWN.iter().map(|name| format!("{{{{{name}}}}}")).collect::<Vec<_>>().join(", ");
                faults.add(pointer, "unknown_placeholder", format!("There are these placeholders: {known}."));
                return;
            }
            Part::Open => {
                faults.add(pointer, "open_placeholder", "A placeholder begins with {{ and does not end with }}.");
            }
            _ => {}
        }
    }
}

/// What the placeholders stand for.
pub struct Meaning(HashMap<&'static str, String>);

impl Meaning {
    /// On this case, for who runs the macro.
    pub async fn of(tx: &Tx, case: &case::Model) -> Result<Self> {
        let mut links = tx.links::<Contacts>(Contact::CaseId.eq(case.id)).await?;
        links.sort_by_key(|link| (link.created_at, link.contact_id));
        let seen = tx.find::<contacts::Entity>().ids(links.iter().map(|link| link.contact_id)).await?;
        let contact = links.iter().find_map(|link| seen.iter().find(|contact| contact.id == link.contact_id));
        let (first, last) = contact.map_or(("", ""), |contact| (&contact.first_name, &contact.last_name));
        let me = match tx.actor().user() {
            Some(user) => tx.people([user]).await?.remove(&user).map(|person| person.name),
            None => None,
        };
        Ok(Self(HashMap::from([
            ("case.number", case.number.to_string()),
            ("case.name", case.name.clone()),
            ("contact.name", format!("{first} {last}").trim().to_owned()),
            ("contact.first_name", first.to_owned()),
            ("contact.last_name", last.to_owned()),
            ("me.name", me.unwrap_or_default()),
            ("org.name", tx.org_name().await?),
        ])))
    }

    /// The text with what its placeholders stand for. What that is, is not looked at again.
    pub fn put_into(&self, text: &str) -> String {
        parts(text)
            .into_iter()
            .map(|part| match part {
                Part::Plain(text) => text,
                Part::Name(name) => self.0.get(name).map_or("", String::as_str),
                Part::Open => "",
            })
            .collect()
    }

    #[cfg(test)]
    pub fn from(known: impl IntoIterator<Item = (&'static str, &'static str)>) -> Self {
        Self(known.into_iter().map(|(name, meaning)| (name, meaning.to_owned())).collect())
    }
}
