use poem_openapi::Enum;
use sea_orm::entity::prelude::*;
use serde::Serialize;

/// How far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case", rename = "OpportunityStage")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum Stage {
    #[default]
    Prospecting,
    Qualification,
    Proposal,
    Negotiation,
    ClosedWon,
    ClosedLost,
}

impl Stage {
    /// Those of open opportunities, in their order.
    pub const OPEN: [Self; 4] = [Self::Prospecting, Self::Qualification, Self::Proposal, Self::Negotiation];

    /// In per cent, where nobody says otherwise.
    #[must_use]
    pub fn probability(self) -> i32 {
        match self {
            Self::Prospecting => 10,
            Self::Qualification => 25,
            Self::Proposal => 50,
            Self::Negotiation => 75,
            Self::ClosedWon => 100,
            Self::ClosedLost => 0,
        }
    }

    #[must_use]
    pub fn is_closed(self) -> bool {
        matches!(self, Self::ClosedWon | Self::ClosedLost)
    }
}
