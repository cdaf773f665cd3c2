//! What is promised for a case: when it is answered, and when it is resolved.

mod promise;
mod kept;
mod state;
mod at_risk;
mod alarm;
mod case_alarm;
#[cfg(test)]
mod tests;

pub use alarm::{SoundAlarm, TellAlarm, set as set_alarms};
pub use at_risk::at_risk;
pub use kept::{answered, turn};
pub use state::CaseSla;

use poem_openapi::Enum;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// One of the two things that are promised.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, Enum, EnumIter, DeriveActiveEnum,
)]
#[serde(rename_all = "snake_case")]
#[oai(rename = "SlaPromise", rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum Promised {
    /// The first public comment by a member.
    #[default]
    FirstResponse,
    /// That it is closed.
    Resolution,
}

/// How near it is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, Enum, EnumIter, DeriveActiveEnum,
)]
#[serde(rename_all = "snake_case")]
#[oai(rename = "SlaAlarm", rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum Level {
    /// Three quarters of the time have passed.
    #[default]
    Warning,
    /// All of it.
    Breach,
}
