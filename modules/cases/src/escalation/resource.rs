use std::collections::HashMap;

use base::{Faults, Ref, Resource, Result, Stamp, Tx};
use uuid::Uuid;

use super::{
    notified::{self, Notified},
    rule::{Entity, Model},
    view::EscalationRuleView,
};

impl Resource for Entity {
    type View = EscalationRuleView;
    type Beside = Notified;

    async fn check(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
        let new = row.assign_to.filter(|user| before.and_then(|before| before.assign_to) != Some(*user));
        if let Some(user) = new
            && !tx.people([user]).await?.get(&user).is_some_and(|person| person.is_active)
        {
            faults.add("/assign_to_id", "unknown_reference", "There is no such member.");
        }
        Ok(())
    }

    /// Two statements more, however many they are.
    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<EscalationRuleView>> {
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let mut told = notified::of(tx, &ids).await?;
        let users = told.values().flatten().copied().chain(rows.iter().filter_map(|row| row.assign_to));
        let people = tx.people(users.collect::<std::collections::BTreeSet<_>>()).await?;
        let names: HashMap<Uuid, String> = people.into_iter().map(|(id, person)| (id, person.name)).collect();
        let view = |row: Model| {
            let told = told.remove(&row.id).unwrap_or_default();
            let mut notify: Vec<Ref> = told.into_iter().filter_map(|user| Ref::of(user, &names)).collect();
            notify.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
            EscalationRuleView {
                stamp: Stamp::of(&row),
                name: row.name,
                promised: row.promised,
                level: row.level,
                priorities: row.priorities.0,
                notify,
                assign_to: row.assign_to.and_then(|user| Ref::of(user, &names)),
                raises_priority: row.raises_priority,
                is_active: row.is_active,
            }
        };
        Ok(rows.into_iter().map(view).collect())
    }
}
