use base::{Error, Faults, Result};
use poem_openapi::Enum;
use sea_orm::entity::prelude::*;
use serde::Serialize;

/// How far a lead has come. Only a conversion makes it `converted`, and nothing makes it anything else afterwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum LeadStatus {
    #[default]
    Assigned,
    InProcess,
    Converted,
    Recycled,
    Closed,
}

impl LeadStatus {
    /// Those of leads that somebody still works on.
    pub const OPEN: [Self; 3] = [Self::Assigned, Self::InProcess, Self::Recycled];

    /// Whether a body may take a lead from one status to another; a new lead comes from none.
    pub(crate) fn check(from: Option<Self>, to: Self, faults: &mut Faults) -> Result<()> {
        match (from == Some(Self::Converted), to == Self::Converted) {
            (true, false) => Err(Error::conflict("converted", "A converted lead stays converted.")),
            (false, true) => {
                let way = "Convert the lead instead: POST to its conversion/.";
                faults.add("/status", "use_conversion", way);
                Ok(())
            }
            _ => Ok(()),
        }
    }
}
