//! The organisation's jobs, for its administrators.

use base::{
    Db, Member, Page, Result,
    list::COUNTED,
    queue::{
        office::{self, Posted, Posts, Wanted},
        task::State,
    },
    value::Text,
};
use chrono::{DateTime, Utc};
use poem_openapi::{
    Object, OpenApi, Tags,
    param::{Path, Query},
    payload::Json,
    types::Example,
};
use uuid::Uuid;

pub struct JobsApi {
    pub db: Db,
}

#[derive(Tags)]
enum Tag {
    /// What is done outside requests: e-mails above all. For administrators.
    Jobs,
}

/// Something that is done outside requests, without what it was told.
#[derive(Clone, Debug, Object)]
#[oai(example, rename = "Job")]
pub struct JobView {
    pub id: Uuid,
    /// What is done.
    #[oai(validator(max_length = 100))]
    pub kind: String,
    /// `new` waits, `retried` waits after a failed attempt, `failed` was given up.
    pub state: State,
    /// How often it was begun.
    #[oai(validator(minimum(value = "0")))]
    pub attempt: i32,
    /// How often it is begun at most.
    #[oai(validator(minimum(value = "0")))]
    pub max_attempts: i32,
    /// When its turn comes, or came.
    pub scheduled_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// Why the last attempt failed, or why it was given up.
    pub error: Option<String>,
    /// In whose name it is done; `null` for the organisation itself.
    pub user_id: Option<Uuid>,
}

impl Example for JobView {
    fn example() -> Self {
        let at = DateTime::from_timestamp(1_772_366_400, 0).unwrap_or_default();
        Self {
            id: Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001),
            kind: "tell_assignee".to_owned(),
            state: State::Failed,
            attempt: 12,
            max_attempts: 12,
            scheduled_at: at,
            created_at: at,
            updated_at: at,
            error: Some("Given up after 12 attempts. The last one: the mail server does not answer".to_owned()),
            user_id: None,
        }
    }
}

impl From<Posted> for JobView {
    fn from(job: Posted) -> Self {
        Self {
            id: job.id,
            kind: job.kind,
            state: job.state,
            attempt: job.attempt,
            max_attempts: job.max_attempts,
            scheduled_at: job.scheduled_at,
            created_at: job.created_at,
            updated_at: job.updated_at,
            error: job.error_message,
            user_id: job.user_id,
        }
    }
}

#[OpenApi(prefix_path = "/api/jobs", tag = "Tag::Jobs")]
impl JobsApi {
    /// List jobs
    ///
    /// Newest first. Finished jobs are kept for 7 days and failed ones for 90. Only for administrators.
    #[oai(path = "/", method = "get", operation_id = "list_jobs")]
    async fn list(
        &self,
        member: Member,
        /// In any of these states.
        #[oai(validator(max_items = 5))]
        state: Query<Option<Vec<State>>>,
        /// Of any of these kinds.
        #[oai(validator(max_items = 50))]
        kind: Query<Option<Vec<Text<100>>>>,
        /// Rows of this page.
        #[oai(default = "usual", validator(minimum(value = "1"), maximum(value = "200")))]
        limit: Query<u64>,
        /// The `next` of the page before.
        #[oai(validator(max_length = 2000))]
        cursor: Query<Option<String>>,
    ) -> Result<Json<Page<JobView>>> {
        let kinds = kind.0.unwrap_or_default().into_iter().map(Text::into_inner).collect();
        let wanted = Wanted { states: state.0.unwrap_or_default(), kinds, limit: limit.0, cursor: cursor.0 };
        self.db.read(&member, async |tx| Ok(Json(page(office::list(tx, &wanted).await?)))).await
    }

    /// Try a failed job again
    ///
    /// It gets all its attempts again, beginning now. Only for administrators.
    #[oai(path = "/:id/retry/", method = "post", operation_id = "retry_job")]
    async fn retry(&self, member: Member, id: Path<Uuid>) -> Result<Json<JobView>> {
        self.db.write(&member, async |tx| Ok(Json(office::retry(tx, id.0).await?.into()))).await
    }

    /// Cancel a job that waits
    ///
    /// It counts as failed, with the reason `cancelled`. A job that is under way is not stopped. Only for administrators.
    #[oai(path = "/:id/cancellation/", method = "post", operation_id = "cancel_job")]
    async fn cancel(&self, member: Member, id: Path<Uuid>) -> Result<Json<JobView>> {
        self.db.write(&member, async |tx| Ok(Json(office::cancel(tx, id.0).await?.into()))).await
    }
}

fn page(posts: Posts) -> Page<JobView> {
    Page {
        results: posts.rows.into_iter().map(Into::into).collect(),
        next: posts.next,
        count: posts.count.min(COUNTED),
        count_is_exact: posts.count <= COUNTED,
    }
}

fn usual() -> u64 {
    base::list::USUAL
}
