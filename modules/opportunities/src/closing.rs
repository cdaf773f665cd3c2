//! Why an opportunity was won or lost.

use base::Faults;
use poem_openapi::Enum;
use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::opportunity::Model;

/// What decided it, for the one who won or against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum CloseReason {
    Price,
    Product,
    Competitor,
    Timing,
    NoBudget,
    NoDecision,
    Relationship,
    Other,
}

/// A reason is one of a closed opportunity: opening it again forgets it, and an open one cannot be given any.
pub fn check(row: &mut Model, before: Option<&Model>, faults: &mut Faults) {
    if row.stage.is_closed() {
        return;
    }
    let closed = before.filter(|before| before.stage.is_closed());
    if row.close_reason.is_some() && row.close_reason != closed.and_then(|closed| closed.close_reason) {
        faults.add("/close_reason", "not_closed", "An opportunity that is open was neither won nor lost.");
    }
    let note = |row: &Model| row.close_note.clone();
    if row.close_note.is_some() && note(row) != closed.and_then(note) {
        faults.add("/close_note", "not_closed", "An opportunity that is open was neither won nor lost.");
    }
    (row.close_reason, row.close_note) = (None, None);
}
