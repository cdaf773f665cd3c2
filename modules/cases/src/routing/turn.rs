//! Whose turn it is.

use std::collections::HashMap;

use base::{Error, IfMatch, Result, Tx, Verb, link};
use sea_orm::{Condition, entity::prelude::*};

use super::rule;

/// The last turn that a member had of a routing rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "routing_turn")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub rule_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_user_id: Uuid,
    /// Counted by the rule, from 1 on.
    pub turn: i64,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

link!();

/// Waits until no other transaction gives cases by this rule, and keeps it until this one ends: of any two that choose, the
/// second sees what the first one chose. PostgreSQL locks the rule's row, and what is read after that is what was committed
/// before (`READ COMMITTED`); SQLite has one writer, which began before it read anything.
///
/// It is locked once nothing is left to do but to choose, and no second rule is locked by the same case, so that no two wait
/// for each other. `false` when the rule has gone since it was read.
pub async fn wait(tx: &Tx, rule: Uuid) -> Result<bool> {
    match tx.open::<rule::Entity>(rule, Verb::VIEW, &IfMatch::ANY).await {
        Err(error) if error.is_not_found() => Ok(false),
        locked => locked.map(|_| true),
    }
}

/// The last turns of those who had one.
pub async fn of(tx: &Tx, rule: Uuid) -> Result<HashMap<Uuid, i64>> {
    let turns = tx.links::<Entity>(Column::RuleId.eq(rule)).await?;
    Ok(turns.into_iter().map(|turn| (turn.member_user_id, turn.turn)).collect())
}

/// This member has theirs now, after all others.
pub async fn take(tx: &Tx, rule_id: Uuid, member_user_id: Uuid, turns: &HashMap<Uuid, i64>) -> Result<()> {
    let last = turns.values().max().copied().unwrap_or_default();
    let turn = last.checked_add(1).ok_or_else(|| Error::internal("a rule has no turns left"))?;
    if turns.contains_key(&member_user_id) {
        let theirs = Condition::all().add(Column::RuleId.eq(rule_id)).add(Column::MemberUserId.eq(member_user_id));
        tx.unlink::<Entity>(theirs).await?;
    }
    tx.link::<Entity>([Model { rule_id, member_user_id, turn, ..Model::default() }]).await
}
