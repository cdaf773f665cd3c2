use base::{Result, Stamp, Tx};
use notes::tied_and;
use pipelines::StandingView;

use crate::{
    case::{Column, Entity, Model},
    case_contact::{self, Column as Contact},
    case_watcher::{self, Column as Watcher},
    satisfaction::CaseSatisfaction,
    sla::CaseSla,
    view::CaseView,
};

/// Rows as they are shown, in their order, with two more statements however many there are.
pub async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<CaseView>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let others = tied_and::<Entity>(tx, &ids, |asked| {
        asked
            .at::<accounts::Entity>(Column::AccountId)
            .at::<Entity>(Column::ParentId)
            .at::<Entity>(Column::MergedIntoId)
            .through::<case_contact::Entity, contacts::Entity>(Contact::CaseId, Contact::ContactId, None)
            .members::<case_watcher::Entity>(Watcher::CaseId, Watcher::MemberUserId)
    });
    let mut tied = others.await?;
    let standings = pipelines::standings::<Entity>(tx, &rows).await?;
    let view = |(row, standing): (Model, StandingView)| {
        let mut own = tied.remove(&row.id).unwrap_or_default();
        CaseView {
            stamp: Stamp::of(&row),
            standing,
            sla: CaseSla::of(&row, tx.now()),
            satisfaction: CaseSatisfaction::of(&row),
            number: row.number,
            name: row.name,
            description: row.description,
            status: row.status,
            priority: row.priority,
            case_type: row.case_type,
            account: own.at("account_id"),
            parent: own.at("parent_id"),
            merged_into: own.at("merged_into_id"),
            contacts: own.through("case_contact").into_iter().map(|(contact, _)| contact).collect(),
            closed_at: row.closed_at,
            closed_on: row.closed_on,
            closed_by: row.closed_by,
            is_active: row.is_active,
            watchers: own.through("case_watcher").into_iter().map(|(member, _)| member).collect(),
            assigned_to: own.assigned_to,
            teams: own.teams,
            tags: own.tags,
        }
    };
    Ok(rows.into_iter().zip(standings).map(view).collect())
}
