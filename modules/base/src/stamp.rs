use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::record::Row;

/// What every record shows of its own history.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
#[oai(rename = "RecordStamp")]
pub struct Stamp {
    pub id: Uuid,
    pub created_at: DateTime<Utc>,
    /// The user id of whoever made it; `null` when nobody did: a form, a job.
    pub created_by: Option<Uuid>,
    pub updated_at: DateTime<Utc>,
    pub updated_by: Option<Uuid>,
    /// Starts at 1, one more with each change.
    pub version: i64,
    /// When it was put into the trash; `null` while it is not there.
    pub deleted_at: Option<DateTime<Utc>>,
}

impl Stamp {
    pub fn of(row: &impl Row) -> Self {
        Self {
            id: row.id(),
            created_at: row.created_at(),
            created_by: row.created_by(),
            updated_at: row.updated_at(),
            updated_by: row.updated_by(),
            version: row.version(),
            deleted_at: row.deleted_at(),
        }
    }
}
