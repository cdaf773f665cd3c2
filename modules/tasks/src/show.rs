use base::{Result, Stamp, Tx};
use notes::tied_and;
use pipelines::StandingView;

use crate::{
    task::{Column, Entity, Model},
    task_contact::{self, Column as Contact},
    view::TaskView,
};

/// Rows as they are shown, in their order, with two more statements however many there are.
pub async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<TaskView>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let others = tied_and::<Entity>(tx, &ids, |asked| {
        asked
            .at::<accounts::Entity>(Column::AccountId)
            .at::<opportunities::Entity>(Column::OpportunityId)
            .at::<leads::Entity>(Column::LeadId)
            .at::<cases::Entity>(Column::CaseId)
            .through::<task_contact::Entity, contacts::Entity>(Contact::TaskId, Contact::ContactId, None)
    });
    let mut tied = others.await?;
    let standings = pipelines::standings::<crate::Entity>(tx, &rows).await?;
    let view = |(row, standing): (Model, StandingView)| {
        let mut own = tied.remove(&row.id).unwrap_or_default();
        TaskView {
            stamp: Stamp::of(&row),
            standing,
            title: row.title,
            description: row.description,
            status: row.status,
            priority: row.priority,
            due_on: row.due_on,
            due_at: row.due_at,
            time_zone: row.time_zone,
            recurrence: row.recurrence,
            previous_id: row.previous_id,
            account: own.at("account_id"),
            opportunity: own.at("opportunity_id"),
            lead: own.at("lead_id"),
            case: own.at("case_id"),
            contacts: own.through("task_contact").into_iter().map(|(contact, _)| contact).collect(),
            checklist: row.checklist.0,
            reminders: row.reminders.0,
            completed_at: row.completed_at,
            completed_by: row.completed_by,
            is_active: row.is_active,
            assigned_to: own.assigned_to,
            teams: own.teams,
            tags: own.tags,
        }
    };
    Ok(rows.into_iter().zip(standings).map(view).collect())
}
