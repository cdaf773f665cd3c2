use std::collections::{BTreeSet, HashMap};

use base::{Beside, Checked, Faults, Fields, Result, Tx};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use super::{
    rule,
    rule_account::{Column, Entity, Model},
};

/// The accounts whose cases a body says that a rule holds for; `None` leaves them.
pub struct Accounts(pub Option<Vec<Uuid>>);

/// As they were and as they will be: checked, not yet kept.
#[derive(Default)]
pub struct Held {
    was: BTreeSet<Uuid>,
    will: BTreeSet<Uuid>,
}

impl Beside<rule::Entity> for Accounts {
    type Checked = Held;

    /// Accounts that the actor may not see stay: whoever does not see them does not leave them out on purpose.
    async fn check(self, tx: &Tx, record: Option<Uuid>, faults: &mut Faults) -> Result<Held> {
        let Some(wanted) = self.0 else { return Ok(Held::default()) };
        let was: BTreeSet<Uuid> = match record {
            Some(id) => of(tx, &[id]).await?.remove(&id).unwrap_or_default(),
            None => BTreeSet::new(),
        };
        let wanted: BTreeSet<Uuid> = wanted.into_iter().collect();
        let seen = tx.find::<accounts::Entity>().there(was.union(&wanted).copied()).await?;
        if wanted.difference(&was).any(|id| !seen.contains(id)) {
            faults.add("/accounts", "unknown_reference", "There is no such account.");
        }
        let will = was.iter().filter(|id| !seen.contains(id)).copied().chain(wanted.iter().copied()).collect();
        Ok(Held { was, will })
    }
}

impl Checked<rule::Entity> for Held {
    fn fields(&self) -> Fields {
        Fields::none().with("accounts", &self.was, &self.will)
    }

    async fn keep(self, tx: &Tx, row: &rule::Model) -> Result<()> {
        let gone: Vec<Uuid> = self.was.difference(&self.will).copied().collect();
        if !gone.is_empty() {
            let these = Condition::all().add(Column::RuleId.eq(row.id)).add(Column::AccountId.is_in(gone));
            tx.unlink::<Entity>(these).await?;
        }
        let new = self.will.difference(&self.was);
        let links = new.map(|account| Model { rule_id: row.id, account_id: *account, ..Model::default() });
        tx.link::<Entity>(links.collect::<Vec<_>>()).await
    }
}

/// The accounts of each of these rules, whoever may see them.
pub async fn of(tx: &Tx, rules: &[Uuid]) -> Result<HashMap<Uuid, BTreeSet<Uuid>>> {
    let mut all: HashMap<Uuid, BTreeSet<Uuid>> = HashMap::new();
    if rules.is_empty() {
        return Ok(all);
    }
    for link in tx.links::<Entity>(Column::RuleId.is_in(rules.iter().copied())).await? {
        all.entry(link.rule_id).or_default().insert(link.account_id);
    }
    Ok(all)
}
