use std::collections::{BTreeSet, HashMap};

use base::{Beside, Checked, Faults, Fields, Result, Tx, link};
use sea_orm::{Condition, entity::prelude::*};

use super::rule;

/// An escalation rule tells a member.
#[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "escalation_notice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub rule_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_user_id: Uuid,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

link!();

/// Whom a body says that a rule tells; `None` leaves who is told.
pub struct Notified(pub Option<Vec<Uuid>>);

/// As it was and as it will be: checked, not yet kept.
pub struct Told {
    was: BTreeSet<Uuid>,
    will: BTreeSet<Uuid>,
}

impl Beside<rule::Entity> for Notified {
    type Checked = Told;

    async fn check(self, tx: &Tx, record: Option<Uuid>, faults: &mut Faults) -> Result<Told> {
        let was: BTreeSet<Uuid> = match record {
            Some(id) => of(tx, &[id]).await?.remove(&id).unwrap_or_default().into_iter().collect(),
            None => BTreeSet::new(),
        };
        let will = self.0.map_or_else(|| was.clone(), |wanted| wanted.into_iter().collect());
        let people = tx.people(will.difference(&was).copied()).await?;
        if will.difference(&was).any(|id| !people.get(id).is_some_and(|person| person.is_active)) {
            faults.add("/notify", "unknown_reference", "There is no such member.");
        }
        Ok(Told { was, will })
    }
}

impl Checked<rule::Entity> for Told {
    fn fields(&self) -> Fields {
        Fields::none().with("notify", &self.was, &self.will)
    }

    async fn keep(self, tx: &Tx, row: &rule::Model) -> Result<()> {
        let gone: Vec<Uuid> = self.was.difference(&self.will).copied().collect();
        if !gone.is_empty() {
            let these = Condition::all().add(Column::RuleId.eq(row.id)).add(Column::MemberUserId.is_in(gone));
            tx.unlink::<Entity>(these).await?;
        }
        let new = self.will.difference(&self.was);
        let links = new.map(|user| Model { rule_id: row.id, member_user_id: *user, ..Model::default() });
        tx.link::<Entity>(links.collect::<Vec<_>>()).await
    }
}

/// Whom these rules tell, by rule.
pub async fn of(tx: &Tx, rules: &[Uuid]) -> Result<HashMap<Uuid, Vec<Uuid>>> {
    let mut all: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    if rules.is_empty() {
        return Ok(all);
    }
    for link in tx.links::<Entity>(Column::RuleId.is_in(rules.iter().copied())).await? {
        all.entry(link.rule_id).or_default().push(link.member_user_id);
    }
    Ok(all)
}
