use base::{Tx, record, search, ties::Named, value::Rank};
use chrono::NaiveDate;
use notes::Noted;
use rust_decimal::Decimal;
use sea_orm::{entity::prelude::*, sea_query::SelectStatement};
use serde::Serialize;

use crate::{
    closing::CloseReason,
    forecast::{ForecastCategory, ForecastOverride},
    stage::Stage,
    view::{LeadSource, OpportunityType},
};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "opportunity")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub org_id: Uuid,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
    pub updated_at: DateTimeUtc,
    pub updated_by: Option<Uuid>,
    pub version: i64,
    pub deleted_at: Option<DateTimeUtc>,

    pub name: String,
    pub account_id: Option<Uuid>,
    pub stage: Stage,
    pub opportunity_type: Option<OpportunityType>,
    pub currency: Option<String>,
    /// In `currency`, which it never goes without.
    #[serde(serialize_with = "base::value::two_places")]
    pub amount: Option<Decimal>,
    /// In per cent; a closed one is certain.
    pub probability: i32,
    /// When it was closed, or is to be.
    pub closed_on: Option<NaiveDate>,
    pub lead_source: Option<LeadSource>,
    /// The user id of whoever closed it.
    pub closed_by: Option<Uuid>,
    /// The lead that it came from.
    pub lead_id: Option<Uuid>,
    pub description: Option<String>,
    /// While there are any, they make the amount.
    pub line_count: i32,
    /// Where the forecast counts it.
    pub forecast_category: ForecastCategory,
    /// What somebody says of it.
    pub forecast_override: Option<ForecastOverride>,
    pub close_reason: Option<CloseReason>,
    pub close_note: Option<String>,
    pub is_active: bool,
    /// Where it stands in its pipeline, and since when.
    pub stage_id: Uuid,
    pub rank: Rank,
    pub stage_entered_at: DateTimeUtc,
    pub search_text: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!(
    "opportunity",
    unlogged: ["search_text", "stage_entered_at", "line_count", "forecast_category"],
    settle: settle
);

fn settle(row: &mut Model) {
    if row.stage.is_closed() {
        row.probability = row.stage.probability();
    }
    row.forecast_category = ForecastCategory::of(row);
    row.search_text = search::text([Some(row.name.as_str())]);
}

impl Named for Entity {
    fn name() -> Vec<Column> {
        vec![Column::Name]
    }
}

impl Noted for Entity {
    fn title(row: &Model) -> String {
        row.name.clone()
    }

    fn named(tx: &Tx, ids: &[Uuid]) -> Option<SelectStatement> {
        Some(tx.named::<Self>(ids))
    }
}
