//! What a record is tied to, as it is shown.

use std::collections::HashMap;

use base::{
    Record, Ref, Result, Tx,
    ties::{Asked, Tie, To},
    value::Colour,
};
use poem_openapi::Object;
use sea_orm::ActiveEnum;
use uuid::Uuid;

/// A tag on a record.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
#[oai(rename = "RecordTag")]
pub struct TagRef {
    pub id: Uuid,
    pub name: String,
    pub colour: Colour,
}

/// The members, teams and tags of a record, with their names, and the records that it shows by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tied {
    pub assigned_to: Vec<Ref>,
    pub teams: Vec<Ref>,
    pub tags: Vec<TagRef>,
    others: HashMap<&'static str, Vec<(Ref, Option<String>)>>,
}

impl Tied {
    /// The record that this column points at, where the actor may see it.
    pub fn at(&mut self, column: &str) -> Option<Ref> {
        self.through(column).pop().map(|(one, _)| one)
    }

    /// The records that this table of links leads to, by name, each with what the link says beside.
    pub fn through(&mut self, links: &str) -> Vec<(Ref, Option<String>)> {
        let mut others = self.others.remove(links).unwrap_or_default();
        others.sort_by(|(a, _), (b, _)| (&a.name, a.id).cmp(&(&b.name, b.id)));
        others
    }
}

/// The ties of many records with their names, in one statement.
pub async fn tied<R: Record>(tx: &Tx, ids: &[Uuid]) -> Result<HashMap<Uuid, Tied>> {
    tied_and::<R>(tx, ids, |asked| asked).await
}

/// The same with the records that these show by name.
pub async fn tied_and<R: Record>(
    tx: &Tx,
    ids: &[Uuid],
    others: impl FnOnce(Asked<'_, R>) -> Asked<'_, R>,
) -> Result<HashMap<Uuid, Tied>> {
    let mut all: HashMap<Uuid, Tied> = HashMap::new();
    for Tie { record, to, id, name, beside } in others(tx.ties::<R>(ids)).all().await? {
        let tied = all.entry(record).or_default();
        match to {
            To::Member => tied.assigned_to.push(Ref { id, name }),
            To::Team => tied.teams.push(Ref { id, name }),
            To::Tag => tied.tags.push(TagRef { id, name, colour: colour_of(beside) }),
            To::Record(by) => tied.others.entry(by).or_default().push((Ref { id, name }, beside)),
        }
    }
    for tied in all.values_mut() {
        tied.assigned_to.sort_by(|a, b| a.name.cmp(&b.name));
        tied.teams.sort_by(|a, b| a.name.cmp(&b.name));
        tied.tags.sort_by(|a, b| a.name.cmp(&b.name));
    }
    Ok(all)
}

fn colour_of(kept: Option<String>) -> Colour {
    kept.and_then(|name| Colour::try_from_value(&name).ok()).unwrap_or_default()
}
