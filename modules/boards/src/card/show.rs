use base::{Result, Stamp, Tx};
use notes::tied_and;

use super::{
    row::{Column, Entity, Model},
    view::CardView,
};
use crate::{board, column};

/// Rows as they are shown, in their order, with one more statement however many there are.
pub async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<CardView>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let others = tied_and::<Entity>(tx, &ids, |asked| {
        asked
            .at::<board::Entity>(Column::BoardId)
            .at::<column::Entity>(Column::ColumnId)
            .at::<accounts::Entity>(Column::AccountId)
            .at::<contacts::Entity>(Column::ContactId)
            .at::<opportunities::Entity>(Column::OpportunityId)
            .at::<cases::Entity>(Column::CaseId)
    });
    let mut tied = others.await?;
    let view = |row: Model| {
        let mut own = tied.remove(&row.id).unwrap_or_default();
        CardView {
            stamp: Stamp::of(&row),
            board: own.at("board_id"),
            column: own.at("column_id"),
            title: row.title,
            description: row.description,
            priority: row.priority,
            due_on: row.due_on,
            account: own.at("account_id"),
            contact: own.at("contact_id"),
            opportunity: own.at("opportunity_id"),
            case: own.at("case_id"),
            checklist: row.checklist.0,
            assigned_to: own.assigned_to,
            teams: own.teams,
            tags: own.tags,
        }
    };
    Ok(rows.into_iter().map(view).collect())
}
