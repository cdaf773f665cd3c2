use base::{IfMatch, Result, Tx};
use contacts::People;
use notes::Ties;
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::{
    notified,
    rule::{Column, Entity as Rule},
};
use crate::{
    case::{Entity, Model},
    sla::{Level, Promised},
    watchers::Watchers,
};

/// The most rules that are looked at.
const MOST: u64 = 100;

/// Does what the rules say about a case at hand. Answers who is to be told beside those who look after it.
pub async fn escalate(tx: &Tx, row: &Model, promised: Promised, level: Level) -> Result<Vec<Uuid>> {
    let rules = tx.find::<Rule>().filter(Column::Promised.eq(promised)).filter(Column::Level.eq(level));
    let mut rules = rules.filter(Column::IsActive.eq(true)).all(MOST).await?;
    rules.retain(|rule| rule.priorities.0.is_empty() || rule.priorities.0.contains(&row.priority));
    rules.sort_by_key(|rule| (rule.created_at, rule.id));
    let ids: Vec<Uuid> = rules.iter().map(|rule| rule.id).collect();
    let people = tx.people(rules.iter().filter_map(|rule| rule.assign_to)).await?;
    let active = |user: &Uuid| people.get(user).is_some_and(|person| person.is_active);
    let assignee = rules.iter().filter_map(|rule| rule.assign_to).find(active);
    let raises = rules.iter().any(|rule| rule.raises_priority);
    if assignee.is_some() || raises {
        let change = |row: &mut Model| {
            if raises {
                row.priority = row.priority.raised();
            }
            let ties = Ties { assigned_to: assignee.map(|user| vec![user]), ..Ties::default() };
            (ties, (People::default(), Watchers::default()))
        };
        tx.amend::<Entity>(row.id, &IfMatch::ANY, change).await?;
    }
    Ok(notified::of(tx, &ids).await?.into_values().flatten().chain(assignee).collect())
}
