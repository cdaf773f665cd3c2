use base::{Result, Tx, record, search, ties::Named, value::Rank};
use notes::{Noted, Said};
use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::{
    answer, news, sla,
    view::{CasePriority, CaseStatus, CaseType},
};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "case")]
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

    /// Counted by the organisation, from 1 on.
    pub number: i64,
    pub name: String,
    pub description: Option<String>,
    pub status: CaseStatus,
    pub priority: CasePriority,
    pub case_type: Option<CaseType>,
    pub account_id: Option<Uuid>,
    /// The case that it is a part of; who is above whom, further up too, is in `case_lineage`.
    pub parent_id: Option<Uuid>,
    /// The case that stayed, when this one was merged into it.
    pub merged_into_id: Option<Uuid>,
    /// The day of `closed_at` where the organisation is.
    pub closed_on: Option<Date>,
    pub closed_at: Option<DateTimeUtc>,
    pub closed_by: Option<Uuid>,
    /// What the rest of the promise goes by: see `sla`.
    pub sla_policy_id: Option<Uuid>,
    pub clock_since: Option<DateTimeUtc>,
    pub clock_seconds: i64,
    pub first_responded_at: Option<DateTimeUtc>,
    /// What its clock said then; `None` for an answer from before this was kept.
    pub first_response_seconds: Option<i64>,
    pub first_response_target: i64,
    pub first_response_risk_at: Option<DateTimeUtc>,
    pub first_response_due: Option<DateTimeUtc>,
    pub resolution_target: i64,
    pub resolution_risk_at: Option<DateTimeUtc>,
    pub resolution_due: Option<DateTimeUtc>,
    /// Of the last question to the customer; the rating is from 1 to 5. See `satisfaction`.
    pub satisfaction_asked_on: Option<Date>,
    pub satisfaction_rating: Option<i32>,
    pub satisfaction_comment: Option<String>,
    pub satisfaction_answered_at: Option<DateTimeUtc>,
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

record!("case", unlogged: [
    "search_text", "stage_entered_at", "clock_since", "clock_seconds", "first_response_seconds", "first_response_target", "first_response_risk_at",
    "first_response_due", "resolution_target", "resolution_risk_at", "resolution_due"
], settle: settle);

fn settle(row: &mut Model) {
    row.search_text = search::text([Some(row.number.to_string().as_str()), Some(row.name.as_str())]);
}

impl Named for Entity {
    fn name() -> Vec<Column> {
        vec![Column::Name]
    }
}

impl Noted for Entity {
    fn title(row: &Model) -> String {
        row.title()
    }

    async fn commented(tx: &Tx, said: &Said) -> Result<()> {
        sla::answered(tx, said).await?;
        news::of_comment(tx, said).await?;
        answer::of_comment(tx, said).await
    }
}

impl Model {
    /// As people speak of it: `#42 The lift does not stop`.
    pub(crate) fn title(&self) -> String {
        format!("#{} {}", self.number, self.name)
    }
}
