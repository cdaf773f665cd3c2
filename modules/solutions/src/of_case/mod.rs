//! The solutions that a case was helped with, and those that might help.
//!
//! From the other side, the list of cases finds those of a solution (`solution_id`): each case with the eyes of whoever asks.

mod row;
mod api;

use base::{Fields, IfMatch, Result, Tx, Verb};
use notes::tied;
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

pub use api::CaseSolutionsApi;
use row::{Column, Entity, Model};

use crate::{
    solution::{Entity as Solution, Model as Row},
    suggest::suggest_others,
};

/// Says that a case was helped with a solution; said again, it stays as it is.
///
/// # Errors
/// 404 for either of them unseen, 403 for a case that the actor may not change.
pub async fn link(tx: &Tx, case: Uuid, solution: Uuid) -> Result<Row> {
    let case = tx.open::<cases::Entity>(case, Verb::CHANGE, &IfMatch::ANY).await?;
    let row = tx.get::<Solution>(solution).await?;
    if tx.links::<Entity>(both(case.id, row.id)).await?.is_empty() {
        tx.link::<Entity>([Model { case_id: case.id, solution_id: row.id, ..Model::default() }]).await?;
        let told = Fields::none().with("solution_id", None::<Uuid>, row.id);
        tx.log::<cases::Entity>(&case, "solution_linked", told).await?;
    }
    Ok(row)
}

/// Takes that back.
async fn unlink(tx: &Tx, case: Uuid, solution: Uuid) -> Result<()> {
    let case = tx.open::<cases::Entity>(case, Verb::CHANGE, &IfMatch::ANY).await?;
    if tx.links::<Entity>(both(case.id, solution)).await?.is_empty() {
        return Ok(());
    }
    tx.unlink::<Entity>(both(case.id, solution)).await?;
    let told = Fields::none().with("solution_id", solution, None::<Uuid>);
    tx.log::<cases::Entity>(&case, "solution_unlinked", told).await
}

fn both(case: Uuid, solution: Uuid) -> Condition {
    Condition::all().add(Column::CaseId.eq(case)).add(Column::SolutionId.eq(solution))
}

/// The solutions of a case, in no order.
async fn of(tx: &Tx, case: Uuid) -> Result<Vec<Uuid>> {
    let links = tx.links::<Entity>(Column::CaseId.eq(case)).await?;
    Ok(links.into_iter().map(|link| link.solution_id).collect())
}

/// By the words of the case's name, then of its tags, then of its description.
async fn suggestions(tx: &Tx, case: Uuid, most: u64) -> Result<Vec<Row>> {
    let case = tx.get::<cases::Entity>(case).await?;
    let tags = tied::<cases::Entity>(tx, &[case.id]).await?.remove(&case.id).unwrap_or_default().tags;
    let tags: Vec<_> = tags.into_iter().map(|tag| tag.name).collect();
    let texts = [&*case.name, &*tags.join(" "), case.description.as_deref().unwrap_or_default()];
    suggest_others(tx, &texts, &of(tx, case.id).await?, most).await
}
