use chrono::{Months, NaiveDate};
use poem_openapi::Enum;
use sea_orm::entity::prelude::*;
use serde::Serialize;

/// How long a goal's time is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
pub enum GoalPeriod {
    #[default]
    Monthly,
    Quarterly,
    Yearly,
    /// From one day to another.
    Custom,
}

impl GoalPeriod {
    /// The last day of a period that begins on `first`; `None` where somebody has to say it.
    pub fn last_day(self, first: NaiveDate) -> Option<NaiveDate> {
        let months = match self {
            Self::Monthly => 1,
            Self::Quarterly => 3,
            Self::Yearly => 12,
            Self::Custom => return None,
        };
        first.checked_add_months(Months::new(months))?.pred_opt()
    }
}
