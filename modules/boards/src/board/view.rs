use base::{
    Ref, Stamp, View,
    value::{Change, Colour, Note, Text},
};
use poem_openapi::{Object, types::MaybeUndefined};
use uuid::Uuid;

use crate::role::BoardRole;

/// A column of a board, as the board shows it.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
pub struct ColumnRef {
    pub id: Uuid,
    pub name: String,
    pub colour: Colour,
    pub wip_limit: Option<i32>,
}

/// A board.
#[derive(Clone, Debug, Object)]
pub struct BoardView {
    #[oai(flatten)]
    pub stamp: Stamp,
    pub name: String,
    pub description: Option<String>,
    /// Nothing on it changes while it is.
    pub is_archived: bool,
    /// What you are on it; `null` when you are not in it, and see all boards of the organisation.
    pub role: Option<BoardRole>,
    pub owners: Vec<Ref>,
    pub admins: Vec<Ref>,
    /// Those who are neither.
    pub members: Vec<Ref>,
    /// From left to right.
    pub columns: Vec<ColumnRef>,
}

/// A board to make. Who is named in several of its lists has the highest of the roles.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewBoard {
    pub name: Text<255>,
    pub description: Option<Note<20_000>>,
    #[oai(default)]
    pub is_archived: bool,
    /// User ids of members of the organisation. Whoever makes a board owns it, too.
    #[oai(default, validator(max_items = 200))]
    pub owners: Vec<Uuid>,
    #[oai(default, validator(max_items = 200))]
    pub admins: Vec<Uuid>,
    #[oai(default, validator(max_items = 200))]
    pub members: Vec<Uuid>,
    /// The names of its first columns, from left to right: `To do`, `In progress` and `Done` when left out.
    #[oai(validator(max_items = 50))]
    pub columns: Option<Vec<Text<100>>>,
}

/// What to put in the place of a board. Its columns stay.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct BoardReplacement {
    pub name: Text<255>,
    pub description: Option<Note<20_000>>,
    #[oai(default)]
    pub is_archived: bool,
    /// All who are to own it: at least one. Only an owner makes and unmakes owners.
    #[oai(validator(max_items = 200))]
    pub owners: Vec<Uuid>,
    #[oai(default, validator(max_items = 200))]
    pub admins: Vec<Uuid>,
    #[oai(default, validator(max_items = 200))]
    pub members: Vec<Uuid>,
}

/// What to change of a board. Each list is the whole list; who stays in a list that is not given keeps that role, unless
/// another gives a higher one.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct BoardChange {
    pub name: Change<Text<255>>,
    pub description: MaybeUndefined<Note<20_000>>,
    pub is_archived: Change<bool>,
    /// All who are to own it: at least one. Only an owner makes and unmakes owners.
    #[oai(validator(max_items = 200))]
    pub owners: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 200))]
    pub admins: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 200))]
    pub members: Change<Vec<Uuid>>,
}

impl View for BoardView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}
