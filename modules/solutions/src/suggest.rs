use base::{Result, Tx};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::{
    solution::{Column, Entity, Model},
    view::SolutionStatus,
};

/// The approved solutions that share most with a text, such as a question; without words in it, the newest ones. At most
/// `most` of them, the likeliest first.
///
/// # Errors
/// The database's alone.
pub async fn suggest(tx: &Tx, text: &str, most: u64) -> Result<Vec<Model>> {
    let approved = Column::Status.eq(SolutionStatus::Approved);
    if text.trim().is_empty() {
        return tx.find::<Entity>().filter(approved).last_by(Column::CreatedAt, most).await;
    }
    tx.suggest::<Entity>(&[text], approved, most).await
}

/// The same for what somebody asked who was told of some already: words of the first text before those of the next.
///
/// # Errors
/// The database's alone.
pub async fn suggest_others(tx: &Tx, texts: &[&str], told: &[Uuid], most: u64) -> Result<Vec<Model>> {
    let others =
        Condition::all().add(Column::Status.eq(SolutionStatus::Approved)).add(Column::Id.is_not_in(told.to_vec()));
    tx.suggest::<Entity>(texts, others, most).await
}
