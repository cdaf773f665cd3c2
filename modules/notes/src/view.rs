use std::collections::HashMap;

use base::{
    Ref, View, change,
    value::{Change, Colour, Note, Text},
};
use chrono::{DateTime, Utc};
use poem_openapi::{
    Enum, Object,
    types::{Any, Example, MaybeUndefined},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{attachment, comment, tag};

/// Whom a comment is for. Both are seen by whoever sees the record; only what is public may go out to a customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Enum)]
#[serde(rename_all = "snake_case")]
#[oai(rename = "CommentVisibility", rename_all = "snake_case")]
pub enum Visibility {
    #[default]
    Internal,
    Public,
}

impl Visibility {
    pub(crate) fn of(row: &comment::Model) -> Self {
        if row.is_internal { Self::Internal } else { Self::Public }
    }
}

/// A comment on a record.
#[derive(Clone, Debug, Object)]
pub struct Comment {
    pub id: Uuid,
    pub body: String,
    pub visibility: Visibility,
    /// Who wrote it; `null` when nobody did: a form, a job.
    pub author: Option<Ref>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// Starts at 1, one more with each change.
    pub version: i64,
}

/// A comment to write. `@` before a member's e-mail address, or their id in `mentions`, tells them by mail.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewComment {
    pub body: Note<10_000>,
    #[oai(default)]
    pub visibility: Visibility,
    /// The user ids of members to tell.
    #[oai(default, validator(max_items = 50))]
    pub mentions: Vec<Uuid>,
}

impl Example for NewComment {
    fn example() -> Self {
        let body = Note::parse("Called; asks for an offer by Friday.").expect("a comment");
        Self { body, visibility: Visibility::Internal, mentions: vec![] }
    }
}

/// What to change of a comment.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct CommentChange {
    pub body: Change<Note<10_000>>,
    pub visibility: Change<Visibility>,
}

impl Example for CommentChange {
    fn example() -> Self {
        let body = Change::To(Note::parse("Called; asks for an offer by Monday.").expect("a comment"));
        Self { body, visibility: Change::Keep }
    }
}

/// A file on a record.
#[derive(Clone, Debug, Object)]
pub struct Attachment {
    pub id: Uuid,
    /// As it was called where it came from.
    pub file_name: String,
    /// Found out from the content, whatever the sender said.
    pub media_type: String,
    /// In bytes.
    pub size: i64,
    /// Of the content, in hexadecimal.
    pub sha256: String,
    pub author: Option<Ref>,
    pub created_at: DateTime<Utc>,
    pub version: i64,
}

/// Something that happened to a record.
#[derive(Clone, Debug, Object)]
pub struct Activity {
    /// Grows with time within the organisation.
    pub seq: i64,
    pub at: DateTime<Utc>,
    /// `null` when nobody did it: a form, a job.
    pub actor: Option<Ref>,
    /// created, changed, trashed, restored, commented, attached, converted …
    pub verb: String,
    pub changes: Vec<FieldChange>,
    pub request_id: Option<String>,
}

/// A field that changed.
#[derive(Clone, Debug, Object)]
pub struct FieldChange {
    pub field: String,
    pub before: Any<Value>,
    pub after: Any<Value>,
}

/// A tag.
#[derive(Clone, Debug, Object)]
pub struct Tag {
    pub id: Uuid,
    pub name: String,
    pub colour: Colour,
    pub description: Option<String>,
    /// An inactive tag stays on what has it and is not offered for more.
    pub is_active: bool,
    pub created_at: DateTime<Utc>,
    pub created_by: Option<Uuid>,
    pub updated_at: DateTime<Utc>,
    pub updated_by: Option<Uuid>,
    pub version: i64,
    pub deleted_at: Option<DateTime<Utc>>,
}

/// A tag to make.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewTag {
    /// Unique in the organisation, whatever its case and accents.
    pub name: Text<50>,
    #[oai(default)]
    pub colour: Colour,
    pub description: Option<Note<1_000>>,
    #[oai(default = "yes")]
    pub is_active: bool,
}

impl Example for NewTag {
    fn example() -> Self {
        let name = Text::parse("Key account").expect("a name");
        Self { name, colour: Colour::Emerald, description: None, is_active: true }
    }
}

/// What to change of a tag.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct TagChange {
    pub name: Change<Text<50>>,
    pub colour: Change<Colour>,
    pub description: MaybeUndefined<Note<1_000>>,
    pub is_active: Change<bool>,
}

impl Example for TagChange {
    fn example() -> Self {
        Self {
            name: Change::Keep,
            colour: Change::To(Colour::Amber),
            description: MaybeUndefined::Null,
            is_active: Change::Keep,
        }
    }
}

fn yes() -> bool {
    true
}

impl NewTag {
    pub fn write(self, row: &mut tag::Model) {
        row.name = self.name.into();
        row.colour = self.colour;
        row.description = self.description.map(Into::into);
        row.is_active = self.is_active;
    }
}

impl TagChange {
    pub fn write(self, row: &mut tag::Model) {
        if let Change::To(name) = self.name {
            row.name = name.into();
        }
        if let Change::To(colour) = self.colour {
            row.colour = colour;
        }
        if let Some(description) = self.description.as_opt_ref() {
            row.description = description.cloned().map(Into::into);
        }
        if let Change::To(is_active) = self.is_active {
            row.is_active = is_active;
        }
    }
}

impl From<tag::Model> for Tag {
    fn from(row: tag::Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            colour: row.colour,
            description: row.description,
            is_active: row.is_active,
            created_at: row.created_at,
            created_by: row.created_by,
            updated_at: row.updated_at,
            updated_by: row.updated_by,
            version: row.version,
            deleted_at: row.deleted_at,
        }
    }
}

impl Comment {
    pub fn of(row: comment::Model, authors: &HashMap<Uuid, String>) -> Self {
        Self {
            id: row.id,
            visibility: Visibility::of(&row),
            author: row.created_by.and_then(|author| Ref::of(author, authors)),
            body: row.body,
            created_at: row.created_at,
            updated_at: row.updated_at,
            version: row.version,
        }
    }
}

impl Attachment {
    pub fn of(row: attachment::Model, authors: &HashMap<Uuid, String>) -> Self {
        Self {
            id: row.id,
            author: row.created_by.and_then(|author| Ref::of(author, authors)),
            file_name: row.file_name,
            media_type: row.media_type,
            size: row.size,
            sha256: row.sha256,
            created_at: row.created_at,
            version: row.version,
        }
    }
}

impl Activity {
    pub fn of(row: change::Model, people: &HashMap<Uuid, String>) -> Self {
        let part = |pair: &Value, index: usize| Any(pair.get(index).cloned().unwrap_or(json!(null)));
        let changes = row.fields.as_object().into_iter().flatten();
        Self {
            seq: row.seq,
            at: row.at,
            actor: row.actor_id.and_then(|actor| Ref::of(actor, people)),
            verb: row.verb,
            changes: changes
                .map(|(field, pair)| FieldChange { field: field.clone(), before: part(pair, 0), after: part(pair, 1) })
                .collect(),
            request_id: row.request_id,
        }
    }
}

macro_rules! views {
    ($($view:ty),+) => {
        $(impl View for $view {
            fn id(&self) -> Uuid {
                self.id
            }

            fn version(&self) -> i64 {
                self.version
            }
        })+
    };
}

views!(Comment, Attachment, Tag);
