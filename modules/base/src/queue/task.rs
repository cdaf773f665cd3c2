use sea_orm::{ActiveValue::Set, entity::prelude::*};

/// A row of `fang_tasks`: fang's columns, and after them ours.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "fang_tasks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub metadata: Json,
    pub error_message: Option<String>,
    pub state: State,
    pub task_type: String,
    pub uniq_hash: Option<String>,
    pub retries: i32,
    pub scheduled_at: DateTimeUtc,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,

    /// `None` for the platform's own work.
    pub org_id: Option<Uuid>,
    /// In whose name it runs; `None` for the organisation itself.
    pub user_id: Option<Uuid>,
    pub kind: String,
    pub priority: i32,
    pub attempt: i32,
    pub max_attempts: i32,
    pub lease_until: Option<DateTimeUtc>,
    /// Who holds the claim: a worker that lost it cannot finish the job.
    pub lease_token: Option<Uuid>,
}

/// fang's states. A retried job waits for its time; a failed one was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, poem_openapi::Enum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
#[oai(rename_all = "snake_case", rename = "JobState")]
pub enum State {
    New,
    InProgress,
    Failed,
    Finished,
    Retried,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A job that waits for its time, outside every organisation.
pub(super) fn new(
    id: Uuid,
    kind: &str,
    metadata: Json,
    now: DateTimeUtc,
    scheduled_at: DateTimeUtc,
    priority: i32,
    max_attempts: i32,
) -> ActiveModel {
    ActiveModel {
        id: Set(id),
        kind: Set(kind.to_owned()),
        task_type: Set("common".to_owned()),
        priority: Set(priority),
        state: Set(State::New),
        attempt: Set(0),
        max_attempts: Set(max_attempts),
        retries: Set(0),
        scheduled_at: Set(scheduled_at),
        created_at: Set(now),
        updated_at: Set(now),
        metadata: Set(metadata),
        ..Default::default()
    }
}
