use base::record;
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::view::CaseStatus;

/// A case was merged into another, with all that it takes to undo it. In the trash once it is undone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "case_merge")]
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

    pub source_id: Uuid,
    pub target_id: Uuid,
    pub carried: Carried,
}

/// What went along: notes and time that moved, people whom the target did not have, and how the source was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Carried {
    pub notes: notes::Moved,
    /// Missing in what was kept before time was.
    #[serde(default)]
    pub time: Vec<Uuid>,
    pub contacts: Vec<Uuid>,
    pub watchers: Vec<Uuid>,
    pub was: Was,
}

/// The columns of the source that merging changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Was {
    pub status: CaseStatus,
    /// Nil in what was merged before cases stood in stages.
    #[serde(default)]
    pub stage_id: Uuid,
    pub closed_on: Option<Date>,
    pub closed_at: Option<DateTimeUtc>,
    pub closed_by: Option<Uuid>,
    pub clock_since: Option<DateTimeUtc>,
    pub clock_seconds: i64,
    pub first_response_risk_at: Option<DateTimeUtc>,
    pub first_response_due: Option<DateTimeUtc>,
    pub resolution_risk_at: Option<DateTimeUtc>,
    pub resolution_due: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("case_merge");
