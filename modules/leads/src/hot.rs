use accounts::Rating;
use base::{Result, Tx};
use sea_orm::{ColumnTrait, Condition};

use crate::{
    lead::{Column, Entity, Model},
    status::LeadStatus,
};

/// Leads that are rated hot and that somebody still works on, the newest first, and how many there are, counted as far as a
/// list counts and one more.
pub async fn hot(tx: &Tx, most: u64) -> Result<(Vec<Model>, u64)> {
    let hot = Condition::all().add(Column::Rating.eq(Rating::Hot)).add(Column::Status.is_in(LeadStatus::OPEN));
    let found = tx.newest::<Entity>(hot, most).await?;
    let count = found.count();
    Ok((found.rows, count))
}
