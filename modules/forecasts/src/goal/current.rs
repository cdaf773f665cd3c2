use base::{Resource, Result, Tx};
use chrono::NaiveDate;
use sea_orm::{ColumnTrait, Condition};

use super::{
    row::{Column, Entity},
    view::GoalView,
};

/// The goals of whoever asks whose time `today` is in: their own, those of their teams and those of the whole organisation, at
/// most `most`, those that end first in front.
pub async fn current(tx: &Tx, today: NaiveDate, most: u64) -> Result<Vec<GoalView>> {
    let actor = tx.actor();
    let everybody = Condition::all().add(Column::MemberUserId.is_null()).add(Column::TeamId.is_null());
    let theirs = Condition::any()
        .add(Column::MemberUserId.eq(actor.user()))
        .add(Column::TeamId.is_in(actor.circle().iter().copied()))
        .add(everybody);
    let now = Condition::all().add(Column::StartsOn.lte(today)).add(Column::EndsOn.gte(today)).add(theirs);
    let goals = tx.find::<Entity>().filter(now).first_by(Column::EndsOn, most).await?;
    if goals.is_empty() {
        return Ok(Vec::new());
    }
    Entity::show(tx, goals).await
}
