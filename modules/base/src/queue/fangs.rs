//! The queue as fang knows one: what a task of fang's is handed when it runs, and for programs that speak fang.

use chrono::TimeDelta;
use fang::{AsyncQueueError, AsyncQueueable, AsyncRunnable, CronError, FangTaskState, Scheduled, Task, async_trait};
use sea_orm::{ActiveValue::Set, DeleteMany, EntityTrait, QueryFilter, UpdateMany, entity::prelude::*};
use serde_json::Value;
use uuid::Uuid;

use super::{End, Errand, Queue, announce, calendar, lease, task};
use crate::error::{Error, Result};

type Fangs<T> = std::result::Result<T, AsyncQueueError>;

#[async_trait]
impl AsyncQueueable for Queue {
    async fn fetch_and_touch_task(&self, task_type: Option<String>) -> Fangs<Option<Task>> {
        let claimed = self.claim_of_type(task_type.as_deref().unwrap_or("common")).await;
        Ok(claimed.map_err(other)?.map(Task::from))
    }

    async fn insert_task(&self, task: &dyn AsyncRunnable) -> Fangs<Task> {
        self.put(task, self.now()).await
    }

    async fn remove_all_tasks(&self) -> Fangs<u64> {
        self.remove(task::Entity::delete_many()).await
    }

    async fn remove_all_scheduled_tasks(&self) -> Fangs<u64> {
        self.remove(task::Entity::delete_many().filter(task::Column::ScheduledAt.gt(self.now()))).await
    }

    async fn remove_task(&self, id: &Uuid) -> Fangs<u64> {
        self.remove(task::Entity::delete_many().filter(task::Column::Id.eq(*id))).await
    }

    async fn remove_task_by_metadata(&self, task: &dyn AsyncRunnable) -> Fangs<u64> {
        if !task.uniq() {
            return Err(AsyncQueueError::TaskNotUniqError);
        }
        let metadata = serde_json::to_value(task)?;
        let hash = calendar::uniq_hash(&kind(&metadata), &metadata);
        self.remove(task::Entity::delete_many().filter(task::Column::UniqHash.eq(hash))).await
    }

    async fn remove_tasks_type(&self, task_type: &str) -> Fangs<u64> {
        self.remove(task::Entity::delete_many().filter(task::Column::TaskType.eq(task_type))).await
    }

    async fn find_task_by_id(&self, id: &Uuid) -> Fangs<Task> {
        self.found(*id).await.map(Task::from).map_err(other)
    }

    async fn update_task_state(&self, task: &Task, state: FangTaskState) -> Fangs<Task> {
        let end = match state {
            FangTaskState::Finished => End::Finished,
            FangTaskState::Failed => End::Failed(task.error_message.clone().unwrap_or_default()),
            FangTaskState::Retried | FangTaskState::New => {
                End::Again(TimeDelta::zero(), task.error_message.clone().unwrap_or_default())
            }
            FangTaskState::InProgress => return Err(other(Error::internal("a task comes under way by being fetched"))),
        };
        self.end_as_fang(task, end).await
    }

    async fn fail_task(&self, task: &Task, error_message: &str) -> Fangs<Task> {
        self.end_as_fang(task, End::Failed(error_message.to_owned())).await
    }

    async fn schedule_task(&self, task: &dyn AsyncRunnable) -> Fangs<Task> {
        let at = match task.cron() {
            Some(Scheduled::CronPattern(line)) => calendar::occurrence(&line, self.now()).map_err(other)?,
            Some(Scheduled::ScheduleOnce(at)) => at,
            None => return Err(AsyncQueueError::CronError(CronError::TaskNotSchedulableError)),
        };
        self.put(task, at).await
    }

    async fn schedule_retry(&self, task: &Task, backoff_seconds: u32, error: &str) -> Fangs<Task> {
        let wait = lease::wait(task.id, task.retries + 1, backoff_seconds);
        self.end_as_fang(task, End::Again(wait, error.to_owned())).await
    }
}

impl Queue {
    async fn put(&self, runnable: &dyn AsyncRunnable, at: DateTimeUtc) -> Fangs<Task> {
        let metadata = serde_json::to_value(runnable)?;
        let kind = kind(&metadata);
        let priority = Errand::read(&metadata).map_or(0, |errand| errand.job().priority());
        let hash = runnable.uniq().then(|| calendar::uniq_hash(&kind, &metadata));
        let id = self.platform.clock().id();
        let row = task::ActiveModel {
            task_type: Set(runnable.task_type()),
            uniq_hash: Set(hash.clone()),
            ..task::new(id, &kind, metadata, self.now(), at, priority, runnable.max_retries())
        };
        let kept = self.write(async |conn| {
            if calendar::insert(conn, row).await? {
                announce(conn).await?;
                return task::Entity::find_by_id(id).one(conn).await?.ok_or_else(Error::not_found);
            }
            let waiting = [task::State::New, task::State::InProgress, task::State::Retried];
            let same =
                task::Entity::find().filter(task::Column::UniqHash.eq(hash)).filter(task::Column::State.is_in(waiting));
            same.one(conn).await?.ok_or_else(Error::not_found)
        });
        kept.await.map(Task::from).map_err(other)
    }

    async fn found(&self, id: Uuid) -> Result<task::Model> {
        self.write(async |conn| task::Entity::find_by_id(id).one(conn).await?.ok_or_else(Error::not_found)).await
    }

    async fn remove(&self, delete: DeleteMany<task::Entity>) -> Fangs<u64> {
        let removed = self.write(async |conn| Ok(delete.exec(conn).await?.rows_affected)).await;
        removed.map_err(other)
    }

    async fn end_as_fang(&self, task: &Task, end: End) -> Fangs<Task> {
        let ended = self.write(async |conn| {
            let claim = task::Entity::find_by_id(task.id).one(conn).await?.ok_or_else(Error::not_found)?;
            let kept = lease::end_on(conn, fenced(task), &claim, self.now(), self.platform.clock().id(), &end).await?;
            if !kept {
                return Err(Error::conflict("lease_lost", "The lease of this task was lost."));
            }
            task::Entity::find_by_id(task.id).one(conn).await?.ok_or_else(Error::not_found)
        });
        ended.await.map(Task::from).map_err(other)
    }
}

/// fang's task has no token. It was last changed by its claim, and a heartbeat leaves that moment alone: it is the token.
fn fenced(task: &Task) -> UpdateMany<task::Entity> {
    task::Entity::update_many()
        .filter(task::Column::Id.eq(task.id))
        .filter(task::Column::State.eq(task::State::InProgress))
        .filter(task::Column::UpdatedAt.eq(task.updated_at))
}

/// The kind of a job of ours; the type name of any other task.
fn kind(metadata: &Value) -> String {
    let type_name = || metadata["type"].as_str().unwrap_or_default().chars().take(100).collect();
    Errand::read(metadata).map_or_else(type_name, |errand| errand.job().kind().to_owned())
}

/// fang has no word for what else can go wrong.
fn other(error: Error) -> AsyncQueueError {
    AsyncQueueError::SerdeError(serde::de::Error::custom(error))
}

impl From<task::Model> for Task {
    fn from(row: task::Model) -> Self {
        Self {
            id: row.id,
            metadata: row.metadata,
            error_message: row.error_message,
            state: match row.state {
                task::State::New => FangTaskState::New,
                task::State::InProgress => FangTaskState::InProgress,
                task::State::Failed => FangTaskState::Failed,
                task::State::Finished => FangTaskState::Finished,
                task::State::Retried => FangTaskState::Retried,
            },
            task_type: row.task_type,
            uniq_hash: row.uniq_hash,
            retries: row.retries,
            scheduled_at: row.scheduled_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}
