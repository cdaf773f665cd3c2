use poem_openapi::Object;
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::sla::Priority;

/// In how many seconds of business time somebody answers for the first time, and in how many the matter is resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Object)]
#[oai(rename = "SlaTarget", deny_unknown_fields)]
pub struct Target {
    /// Seconds, up to a year.
    #[oai(validator(minimum(value = "60"), maximum(value = "31536000")))]
    pub first_response: i64,
    /// Seconds, up to a year; not less than for the first response.
    #[oai(validator(minimum(value = "60"), maximum(value = "31536000")))]
    pub resolution: i64,
}

/// What is promised for each priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, Object)]
#[oai(rename = "SlaTargets", deny_unknown_fields)]
pub struct Targets {
    /// 1 hour and 4 when left out.
    #[oai(default = "urgent")]
    pub urgent: Target,
    /// 4 hours and 24 when left out.
    #[oai(default = "high")]
    pub high: Target,
    /// 8 hours and 48 when left out.
    #[oai(default = "normal")]
    pub normal: Target,
    /// 24 hours and 72 when left out.
    #[oai(default = "low")]
    pub low: Target,
}

impl Targets {
    #[must_use]
    pub fn of(&self, priority: Priority) -> Target {
        match priority {
            Priority::Low => self.low,
            Priority::Normal => self.normal,
            Priority::High => self.high,
            Priority::Urgent => self.urgent,
        }
    }

    pub(crate) fn each(&self) -> [(&'static str, Target); 4] {
        [("urgent", self.urgent), ("high", self.high), ("normal", self.normal), ("low", self.low)]
    }
}

impl Default for Targets {
    fn default() -> Self {
        Self { urgent: urgent(), high: high(), normal: normal(), low: low() }
    }
}

fn urgent() -> Target {
    hours(1, 4)
}

fn high() -> Target {
    hours(4, 24)
}

fn normal() -> Target {
    hours(8, 48)
}

fn low() -> Target {
    hours(24, 72)
}

fn hours(first_response: i64, resolution: i64) -> Target {
    Target { first_response: first_response * 3600, resolution: resolution * 3600 }
}
