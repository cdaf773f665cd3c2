use chrono::{Days, NaiveDate};
use poem_openapi::Enum;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// How far an invoice is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
pub enum InvoiceState {
    /// It has no number and can be changed.
    #[default]
    Draft,
    /// It has a number and stays as it is.
    Issued,
}

/// By when it is to be paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Enum, EnumIter, DeriveActiveEnum)]
#[oai(rename = "InvoiceTerms")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Terms {
    /// On the day of issue.
    #[serde(rename = "receipt")]
    #[oai(rename = "receipt")]
    #[sea_orm(string_value = "receipt")]
    Receipt,
    /// So many days after the day of issue.
    #[serde(rename = "net_7")]
    #[oai(rename = "net_7")]
    #[sea_orm(string_value = "net_7")]
    Net7,
    #[serde(rename = "net_15")]
    #[oai(rename = "net_15")]
    #[sea_orm(string_value = "net_15")]
    Net15,
    #[default]
    #[serde(rename = "net_30")]
    #[oai(rename = "net_30")]
    #[sea_orm(string_value = "net_30")]
    Net30,
    #[serde(rename = "net_45")]
    #[oai(rename = "net_45")]
    #[sea_orm(string_value = "net_45")]
    Net45,
    #[serde(rename = "net_60")]
    #[oai(rename = "net_60")]
    #[sea_orm(string_value = "net_60")]
    Net60,
    /// On a day that is given.
    #[serde(rename = "custom")]
    #[oai(rename = "custom")]
    #[sea_orm(string_value = "custom")]
    Custom,
}

impl Terms {
    /// The day by which what is issued on this one is to be paid; `None` where it is given.
    pub fn due(self, issued_on: NaiveDate) -> Option<NaiveDate> {
        let days = match self {
            Self::Receipt => 0,
            Self::Net7 => 7,
            Self::Net15 => 15,
            Self::Net30 => 30,
            Self::Net45 => 45,
            Self::Net60 => 60,
            Self::Custom => return None,
        };
        issued_on.checked_add_days(Days::new(days))
    }
}
