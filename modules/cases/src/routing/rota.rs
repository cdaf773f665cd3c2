use std::collections::HashMap;

use base::{Beside, Checked, Faults, Fields, Result, Tx};
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::{
    rule::{self, RoutingStrategy},
    rule_member::{Column, Entity, Model},
};

/// To whom a body says that a rule gives cases, and how.
pub struct Rota {
    pub strategy: RoutingStrategy,
    pub team_id: Option<Uuid>,
    /// In their order; `None` leaves them.
    pub members: Option<Vec<Uuid>>,
}

/// The members as they were and as they will be: checked, not yet kept.
pub struct Rostered {
    was: Vec<Uuid>,
    will: Vec<Uuid>,
}

impl Beside<rule::Entity> for Rota {
    type Checked = Rostered;

    async fn check(self, tx: &Tx, record: Option<Uuid>, faults: &mut Faults) -> Result<Rostered> {
        let was = match record {
            Some(id) => of(tx, &[id]).await?.remove(&id).unwrap_or_default(),
            None => Vec::new(),
        };
        let mut will: Vec<Uuid> = Vec::new();
        for user in self.members.as_ref().unwrap_or(&was) {
            if !will.contains(user) {
                will.push(*user);
            }
        }
        let new = || will.iter().filter(|user| !was.contains(user)).copied();
        let people = tx.people(new()).await?;
        if new().any(|user| !people.get(&user).is_some_and(|person| person.is_active)) {
            faults.add("/members", "unknown_reference", "There is no such member.");
        }
        if let Some((pointer, code, detail)) = self.strategy.fault(will.is_empty(), self.team_id) {
            faults.add(pointer, code, detail);
        }
        Ok(Rostered { was, will })
    }
}

impl RoutingStrategy {
    /// What is missing for it, or too much.
    fn fault(self, nobody: bool, team: Option<Uuid>) -> Option<(&'static str, &'static str, &'static str)> {
        match (self, nobody, team) {
            (Self::Direct, true, _) => Some(("/members", "required", "Say which members get the cases.")),
            (Self::Direct, false, Some(_)) => Some(("/team_id", "one_of_two", "Directly, cases go to members alone.")),
            (Self::Team, _, None) => Some(("/team_id", "required", "Say which team gets the cases.")),
            (Self::Team, false, Some(_)) => Some(("/members", "one_of_two", "The team gets the cases, and no member.")),
            (Self::RoundRobin | Self::LeastBusy, true, None) => {
                Some(("/members", "required", "Say among which members, or of which team, it is chosen."))
            }
            (Self::RoundRobin | Self::LeastBusy, false, Some(_)) => {
                Some(("/team_id", "one_of_two", "Give either members or a team."))
            }
            _ => None,
        }
    }
}

impl Checked<rule::Entity> for Rostered {
    fn fields(&self) -> Fields {
        Fields::none().with("members", &self.was, &self.will)
    }

    async fn keep(self, tx: &Tx, row: &rule::Model) -> Result<()> {
        if self.was == self.will {
            return Ok(());
        }
        tx.unlink::<Entity>(Column::RuleId.eq(row.id)).await?;
        let links = (0..).zip(self.will).map(|(place, member_user_id)| Model {
            rule_id: row.id,
            member_user_id,
            place,
            ..Model::default()
        });
        tx.link::<Entity>(links).await
    }
}

/// The members of each of these rules, in their order.
pub async fn of(tx: &Tx, rules: &[Uuid]) -> Result<HashMap<Uuid, Vec<Uuid>>> {
    let mut all: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    if rules.is_empty() {
        return Ok(all);
    }
    let mut links = tx.links::<Entity>(Column::RuleId.is_in(rules.iter().copied())).await?;
    links.sort_by_key(|link| link.place);
    for link in links {
        all.entry(link.rule_id).or_default().push(link.member_user_id);
    }
    Ok(all)
}
