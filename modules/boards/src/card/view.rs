use base::{
    Ref, Stamp, View,
    value::{Change, Note, Text},
};
use chrono::NaiveDate;
use notes::TagRef;
use poem_openapi::{Enum, Object, types::MaybeUndefined};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum CardPriority {
    Low,
    #[default]
    Medium,
    High,
    Urgent,
}

/// A step of a card's checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Object)]
pub struct CardStep {
    pub text: String,
    pub is_done: bool,
}

/// A step of a card's checklist, to be.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct NewCardStep {
    pub text: Text<255>,
    #[oai(default)]
    pub is_done: bool,
}

/// A card on a board.
#[derive(Clone, Debug, Object)]
pub struct CardView {
    #[oai(flatten)]
    pub stamp: Stamp,
    pub board: Option<Ref>,
    pub column: Option<Ref>,
    pub title: String,
    pub description: Option<String>,
    pub priority: CardPriority,
    pub due_on: Option<NaiveDate>,
    /// What it is about: one of these four at most. `null` too when you may not see it.
    pub account: Option<Ref>,
    pub contact: Option<Ref>,
    pub opportunity: Option<Ref>,
    pub case: Option<Ref>,
    pub checklist: Vec<CardStep>,
    pub assigned_to: Vec<Ref>,
    pub teams: Vec<Ref>,
    pub tags: Vec<TagRef>,
}

/// A card to make, at the bottom of a column; or to put in the place of one.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewCard {
    pub column_id: Uuid,
    pub title: Text<255>,
    pub description: Option<Note<20_000>>,
    #[oai(default)]
    pub priority: CardPriority,
    pub due_on: Option<NaiveDate>,
    /// The account that it is about. A card is about one record at most.
    pub account_id: Option<Uuid>,
    /// Or the contact.
    pub contact_id: Option<Uuid>,
    /// Or the opportunity.
    pub opportunity_id: Option<Uuid>,
    /// Or the case.
    pub case_id: Option<Uuid>,
    #[oai(default, validator(max_items = 100))]
    pub checklist: Vec<NewCardStep>,
    /// User ids of members. Who is not on the board does not see the card for being assigned to it.
    #[oai(default, validator(max_items = 50))]
    pub assigned_to: Vec<Uuid>,
    #[oai(default, validator(max_items = 50))]
    pub teams: Vec<Uuid>,
    #[oai(default, validator(max_items = 50))]
    pub tags: Vec<Uuid>,
}

/// What to change of a card.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct CardChange {
    /// Another column puts it at the bottom of that; to put it anywhere else, move it.
    pub column_id: Change<Uuid>,
    pub title: Change<Text<255>>,
    pub description: MaybeUndefined<Note<20_000>>,
    pub priority: Change<CardPriority>,
    pub due_on: MaybeUndefined<NaiveDate>,
    /// One that is given clears the others, unless they are given as well.
    pub account_id: MaybeUndefined<Uuid>,
    pub contact_id: MaybeUndefined<Uuid>,
    pub opportunity_id: MaybeUndefined<Uuid>,
    pub case_id: MaybeUndefined<Uuid>,
    /// All of its steps.
    #[oai(validator(max_items = 100))]
    pub checklist: Change<Vec<NewCardStep>>,
    #[oai(validator(max_items = 50))]
    pub assigned_to: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 50))]
    pub teams: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 50))]
    pub tags: Change<Vec<Uuid>>,
}

/// Where to put a card: above another, below another, or at the bottom.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
#[expect(clippy::struct_field_names, reason = "these are the names of the body")]
pub struct CardMove {
    /// The column: that of the card which it is put beside, or else its own, when left out.
    pub column_id: Option<Uuid>,
    /// The card right above which it comes to be.
    pub before_id: Option<Uuid>,
    /// Or the one right below which it does. One of the two at most.
    pub after_id: Option<Uuid>,
}

impl View for CardView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}
