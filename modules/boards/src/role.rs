use poem_openapi::Enum;
use sea_orm::entity::prelude::*;
use serde::Serialize;

/// What somebody is on a board; each may do what those before may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum BoardRole {
    /// Works with the cards.
    #[default]
    Member,
    /// Sees to the columns and the members, too.
    Admin,
    /// Makes owners and admins, and can put the board into the trash.
    Owner,
}
