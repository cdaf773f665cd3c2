//! How an opportunity stands in the forecast.

use poem_openapi::Enum;
use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::{opportunity::Model, stage::Stage};

/// What somebody takes an open opportunity to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
pub enum ForecastOverride {
    /// It may come.
    Pipeline,
    /// It comes if all goes well.
    BestCase,
    /// It comes.
    Commit,
    /// It is not counted.
    Omitted,
}

/// Where it is counted in the forecast.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
pub enum ForecastCategory {
    #[default]
    Pipeline,
    BestCase,
    Commit,
    Omitted,
    Won,
    Lost,
}

impl ForecastCategory {
    /// Those of open opportunities that are counted.
    pub const OPEN: [Self; 3] = [Self::Pipeline, Self::BestCase, Self::Commit];

    /// Closed ones are won or lost. An open one is what somebody says of it; else it is left out when it is inactive or its
    /// probability is 0, and is pipeline below 50 per cent, best case below 75, and commit from there on.
    pub(crate) fn of(row: &Model) -> Self {
        match (row.stage, row.forecast_override) {
            (Stage::ClosedWon, _) => Self::Won,
            (Stage::ClosedLost, _) => Self::Lost,
            (_, Some(ForecastOverride::Pipeline)) => Self::Pipeline,
            (_, Some(ForecastOverride::BestCase)) => Self::BestCase,
            (_, Some(ForecastOverride::Commit)) => Self::Commit,
            (_, Some(ForecastOverride::Omitted)) => Self::Omitted,
            (_, None) => match row.probability {
                _ if !row.is_active => Self::Omitted,
                ..=0 => Self::Omitted,
                1..50 => Self::Pipeline,
                50..75 => Self::BestCase,
                75.. => Self::Commit,
            },
        }
    }
}
