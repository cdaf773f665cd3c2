use base::{News, Ref, View};
use chrono::{DateTime, Utc};
use poem_openapi::{Object, types::Example};
use uuid::Uuid;

/// Something that you are told of.
#[derive(Clone, Debug, Object)]
#[oai(rename = "Notification")]
pub struct NotificationView {
    pub id: Uuid,
    /// Why you are told.
    pub kind: News,
    /// What it is about.
    pub record: RecordRef,
    /// What was done to it, as its activity calls it: `changed`, `commented`, `converted`; `due` and `soon` for a reminder.
    #[oai(validator(max_length = 32))]
    pub verb: String,
    /// Who did it; `null` when no person did.
    pub by: Option<Ref>,
    pub unread: bool,
    pub read_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    /// Starts at 1, one more with each change.
    pub version: i64,
}

/// A record of any kind.
#[derive(Clone, Debug, Object)]
#[oai(rename = "RecordOfAnyKind")]
pub struct RecordRef {
    /// `lead`, `task` and so on.
    #[oai(validator(max_length = 32))]
    pub kind: String,
    pub id: Uuid,
    pub name: String,
}

impl View for NotificationView {
    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i64 {
        self.version
    }
}

/// Which notifications were read.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewReading {
    /// Those up to this moment; all of them when left out. Give the `created_at` of the newest that you show, so that one
    /// that has come meanwhile stays unread.
    pub until: Option<DateTime<Utc>>,
    /// Those of these kinds; of all of them when left out.
    #[oai(validator(max_items = 20))]
    pub kinds: Option<Vec<News>>,
}

impl Example for NewReading {
    fn example() -> Self {
        Self { until: DateTime::from_timestamp(1_795_000_000, 0), kinds: Some(vec![News::Assigned]) }
    }
}

/// How many notifications, counted up to 1,000.
#[derive(Clone, Debug, Object)]
pub struct NotificationCount {
    pub count: u64,
    /// `false`: there are more than `count`.
    pub count_is_exact: bool,
}
