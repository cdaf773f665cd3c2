//! The next of a series.

use base::{Beside, Checked, Faults, Result, Tx};
use contacts::{People, linked};
use notes::living_ties;

use crate::{
    due::Due,
    reminder,
    task::{Checklist, Entity, Model},
    task_contact::Entity as TaskContact,
    view::{ChecklistItem, TaskStatus},
};

/// Makes the task that follows a completed one. The completed one is locked, so of many who complete it at once only one finds
/// that none follows yet; and whoever opens it again and completes it again makes no second one.
pub async fn make(tx: &Tx, before: Option<&Model>, row: &Model) -> Result<()> {
    if !row.is_followed || before.is_some_and(|before| before.is_followed) {
        return Ok(());
    }
    let Some(due) = row.next_due(tx).await? else {
        return Ok(());
    };
    let ties = living_ties::<Entity>(tx, row.id).await?;
    let people = linked::<TaskContact>(tx, &[row.id]).await?.remove(&row.id).unwrap_or_default();
    let seen = contacts::names(tx, people).await?;
    let people: People<TaskContact> = Some(seen.into_keys().collect()).into();
    let mut faults = Faults::new();
    let beside = Beside::<Entity>::check((ties, people), tx, None, &mut faults).await?;
    let mut next = successor(row, due);
    pipelines::place::<Entity>(tx, &mut next, None, &mut faults).await?;
    faults.check()?;
    let next = Box::pin(tx.insert::<Entity>(next, Checked::<Entity>::fields(&beside))).await?;
    Checked::<Entity>::keep(beside, tx, &next).await?;
    reminder::set(tx, None, &next).await
}

fn successor(row: &Model, due: Due) -> Model {
    let unticked = row.checklist.0.iter().map(|item| ChecklistItem { is_done: false, ..item.clone() });
    let (due_on, due_at) = match due {
        Due::On(day) => (Some(day), None),
        Due::At(moment) => (None, Some(moment)),
    };
    Model {
        title: row.title.clone(),
        description: row.description.clone(),
        status: TaskStatus::New,
        priority: row.priority,
        due_on,
        due_at,
        time_zone: row.time_zone.clone(),
        recurrence: row.recurrence.clone(),
        recurs_from: row.recurs_from,
        previous_id: Some(row.id),
        account_id: row.account_id,
        opportunity_id: row.opportunity_id,
        lead_id: row.lead_id,
        case_id: row.case_id,
        checklist: Checklist(unticked.collect()),
        reminders: row.reminders.clone(),
        is_active: row.is_active,
        ..Model::default()
    }
}
