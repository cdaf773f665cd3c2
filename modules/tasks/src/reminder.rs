//! Reminders of tasks: a job at each time, which looks at the task as it is then.

use async_trait::async_trait;
use base::{Job, News, Outcome, PublicUrl, Record, Result, Told, Tx, Work, people::Person};
use chrono::{DateTime, Duration, Utc};
use mail::{Recipient, TaskDue};
use notes::tied;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    due::Due,
    task::{Entity, Model},
    view::TaskStatus,
};

/// Sets the reminders of a task that is new, due at another time, open again, or has other reminders. Those that were set
/// before find that the task no longer is as they knew it, and do nothing.
pub async fn set(tx: &Tx, before: Option<&Model>, row: &Model) -> Result<()> {
    let terms = |task: &Model| (Due::of(task), task.reminders.clone(), task.status == TaskStatus::Completed);
    if before.is_some_and(|before| terms(before) == terms(row)) || row.status == TaskStatus::Completed {
        return Ok(());
    }
    let Some(due) = Due::of(row).filter(|_| !row.reminders.0.is_empty()) else {
        return Ok(());
    };
    let begins = due.begins_in(row.zone(tx).await?);
    for before in &row.reminders.0 {
        let at = begins - Duration::seconds(i64::from(*before));
        if at > tx.now() {
            let remind = RemindOfTask { task: row.id, due: row.due, before: *before };
            tx.enqueue_at(at, remind.id(), remind).await?;
        }
    }
    Ok(())
}

/// Finds out at its time whom to remind of a task, if it is still due then and not completed.
#[derive(Serialize, Deserialize)]
pub struct RemindOfTask {
    pub task: Uuid,
    pub due: DateTime<Utc>,
    pub before: i32,
}

impl RemindOfTask {
    /// One for each time: whoever completes a task and opens it again is not reminded twice.
    fn id(&self) -> Uuid {
        Uuid::new_v5(&self.task, format!("{} {}", self.due, self.before).as_bytes())
    }
}

#[typetag::serde]
#[async_trait]
impl Job for RemindOfTask {
    fn kind(&self) -> &'static str {
        "remind_of_task"
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        let tell = work.write(async |tx| {
            let Some(task) = still_due(tx, self.task, self.due).await? else { return Ok(()) };
            if !task.reminders.0.contains(&self.before) {
                return Ok(());
            }
            let ties = tied::<Entity>(tx, &[task.id]).await?.remove(&task.id).unwrap_or_default();
            let assignees: Vec<Uuid> = ties.assigned_to.into_iter().map(|member| member.id).collect();
            let told: Vec<Uuid> = if assignees.is_empty() { task.created_by.into_iter().collect() } else { assignees };
            tx.tell(Told::of(News::TaskDue, Entity::KIND, task.id, told.clone()).once(work.id()));
            for member in told {
                let tell = TellTaskDue { task: task.id, due: self.due, member };
                tx.enqueue_for_once(work.id_for(member), member, tell).await?;
            }
            Ok(())
        });
        tell.await.map(|()| Outcome::Done)
    }
}

/// Tells a member by mail that a task is due.
#[derive(Serialize, Deserialize)]
pub struct TellTaskDue {
    pub task: Uuid,
    pub due: DateTime<Utc>,
    pub member: Uuid,
}

#[typetag::serde]
#[async_trait]
impl Job for TellTaskDue {
    fn kind(&self) -> &'static str {
        "tell_task_due"
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        if let Some(put_off) = mail::put_off(work, self.member, News::TaskDue).await? {
            return Ok(put_off);
        }
        let told = work.read(async |tx| {
            let Some(task) = still_due(tx, self.task, self.due).await? else { return Ok(None) };
            let zone = task.zone(tx).await?;
            let (org_name, mut people) = (tx.org_name().await?, tx.people([self.member]).await?);
            let Some(Person { name, email, is_active: true }) = people.remove(&self.member) else { return Ok(None) };
            let due = match Due::of(&task) {
                Some(Due::At(moment)) => moment.with_timezone(&zone).format("%-d %B %Y, %H:%M %Z").to_string(),
                _ => self.due.format("%-d %B %Y").to_string(),
            };
            Ok(Some((Recipient { name, address: email }, org_name, task.title, due)))
        });
        let Some((to, org_name, task_title, due)) = told.await? else {
            return Ok(Outcome::Done);
        };
        let link = work.tool::<PublicUrl>()?.to(&format!("tasks/{}", self.task));
        mail::send(work, to, TaskDue { org_name, task_title, due, link }).await
    }
}

/// The task, if whoever asks sees it and it is still open and due then.
async fn still_due(tx: &Tx, task: Uuid, due: DateTime<Utc>) -> Result<Option<Model>> {
    let found = tx.find::<Entity>().ids([task]).await?.pop();
    Ok(found.filter(|task| task.due == due && task.status != TaskStatus::Completed))
}
