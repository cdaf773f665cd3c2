//! The rules, each with what hangs on it.

use std::collections::BTreeSet;

use base::{Result, Tx};
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::{
    accounts, order, rota,
    rule::{Column, Entity, Model},
};

#[derive(Clone, Debug, Default)]
pub struct Entry {
    pub rule: Model,
    /// Whoever may see them, and those in the trash: a rule that holds for some cases never comes to hold for all.
    pub accounts: BTreeSet<Uuid>,
    pub tags: BTreeSet<Uuid>,
    pub members: Vec<Uuid>,
}

/// The active ones, as they are tried.
pub async fn read(tx: &Tx) -> Result<Vec<Entry>> {
    let rules = tx.find::<Entity>().filter(Column::IsActive.eq(true)).last_by(Column::Rank, order::MOST).await?;
    let ids: Vec<Uuid> = rules.iter().map(|rule| rule.id).collect();
    let (mut accounts, mut tags) = (accounts::of(tx, &ids).await?, notes::tag_ids::<Entity>(tx, &ids).await?);
    let mut members = rota::of(tx, &ids).await?;
    let entry = |rule: Model| Entry {
        accounts: accounts.remove(&rule.id).unwrap_or_default(),
        tags: tags.remove(&rule.id).unwrap_or_default(),
        members: members.remove(&rule.id).unwrap_or_default(),
        rule,
    };
    Ok(rules.into_iter().map(entry).collect())
}
