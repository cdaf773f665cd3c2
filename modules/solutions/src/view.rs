use base::{
    Ref, Stamp, View,
    value::{Change, Note, Text},
};
use chrono::{DateTime, Utc};
use notes::TagRef;
use poem_openapi::{Enum, Object};
use sea_orm::entity::prelude::*;
use serde::Serialize;
use uuid::Uuid;

/// How far a solution can be relied upon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum SolutionStatus {
    #[default]
    Draft,
    Reviewed,
    /// It may be published.
    Approved,
}

/// A solution.
#[derive(Clone, Debug, Object)]
pub struct SolutionView {
    #[oai(flatten)]
    pub stamp: Stamp,
    pub title: String,
    pub slug: String,
    /// Markdown. Whoever shows it as HTML must let none of it through that is not meant to be text.
    pub content: String,
    pub status: SolutionStatus,
    pub approved_at: Option<DateTime<Utc>>,
    pub approved_by: Option<Uuid>,
    /// Whether everybody can read it, where the organisation has a help centre.
    pub is_published: bool,
    pub published_at: Option<DateTime<Utc>>,
    pub assigned_to: Vec<Ref>,
    pub teams: Vec<Ref>,
    pub tags: Vec<TagRef>,
}

/// Solutions that may help.
#[derive(Clone, Debug, Object)]
pub struct SuggestedSolutions {
    /// The likeliest first.
    #[oai(validator(max_items = 20))]
    pub results: Vec<SolutionView>,
}

/// A solution to write, or to put in the place of one.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewSolution {
    pub title: Text<255>,
    /// Its name in addresses: lower-case letters and digits with single hyphens between. Made from the title when left out; it
    /// stays when the title changes.
    pub slug: Option<Text<100>>,
    /// Markdown.
    pub content: Note<50_000>,
    /// Who looks after it: user ids of members.
    #[oai(default, validator(max_items = 50))]
    pub assigned_to: Vec<Uuid>,
    #[oai(default, validator(max_items = 50))]
    pub teams: Vec<Uuid>,
    #[oai(default, validator(max_items = 50))]
    pub tags: Vec<Uuid>,
}

/// What to change of a solution.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct SolutionChange {
    pub title: Change<Text<255>>,
    pub slug: Change<Text<100>>,
    pub content: Change<Note<50_000>>,
    #[oai(validator(max_items = 50))]
    pub assigned_to: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 50))]
    pub teams: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 50))]
    pub tags: Change<Vec<Uuid>>,
}

impl View for SolutionView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}
