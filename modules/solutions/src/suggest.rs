use base::{Result, Tx};
use sea_orm::ColumnTrait;

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
    tx.suggest::<Entity>(text, approved, most).await
}
