use std::collections::BTreeSet;

use base::{Beside, Checked, Faults, Fields, Result, Tx};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::{
    case::{Entity, Model},
    case_watcher::{Column, Entity as Link, Model as Watcher},
};

/// The members whom a body names as watchers; `None` leaves what is there.
#[derive(Clone, Debug, Default)]
pub struct Watchers(pub Option<Vec<Uuid>>);

/// As they were and as they will be: checked, not yet kept.
pub struct Rewatched {
    was: BTreeSet<Uuid>,
    will: BTreeSet<Uuid>,
}

impl Beside<Entity> for Watchers {
    type Checked = Rewatched;

    async fn check(self, tx: &Tx, record: Option<Uuid>, faults: &mut Faults) -> Result<Rewatched> {
        let Some(wanted) = self.0 else {
            return Ok(Rewatched { was: BTreeSet::new(), will: BTreeSet::new() });
        };
        let was = match record {
            Some(id) => of(tx, id).await?,
            None => BTreeSet::new(),
        };
        let will: BTreeSet<Uuid> = wanted.into_iter().collect();
        let people = tx.people(will.difference(&was).copied()).await?;
        if will.difference(&was).any(|id| !people.get(id).is_some_and(|person| person.is_active)) {
            faults.add("/watchers", "unknown_reference", "There is no such member.");
        }
        Ok(Rewatched { was, will })
    }
}

impl Checked<Entity> for Rewatched {
    fn fields(&self) -> Fields {
        Fields::none().with("watchers", &self.was, &self.will)
    }

    async fn keep(self, tx: &Tx, row: &Model) -> Result<()> {
        for gone in self.was.difference(&self.will) {
            forget(tx, row.id, *gone).await?;
        }
        let new = self.will.difference(&self.was);
        tx.link::<Link>(new.map(|user| watcher(row.id, *user)).collect::<Vec<_>>()).await
    }
}

/// Who watches a case.
pub async fn of(tx: &Tx, case: Uuid) -> Result<BTreeSet<Uuid>> {
    let links = tx.links::<Link>(Column::CaseId.eq(case)).await?;
    Ok(links.into_iter().map(|link| link.member_user_id).collect())
}

/// Whether this member watches the case.
pub async fn watches(tx: &Tx, case: Uuid, user: Uuid) -> Result<bool> {
    let theirs = Condition::all().add(Column::CaseId.eq(case)).add(Column::MemberUserId.eq(user));
    Ok(!tx.links::<Link>(theirs).await?.is_empty())
}

/// Lets a member watch a case that is locked; twice is once. It is said in the case's log, and leaves its row alone.
pub async fn watch(tx: &Tx, row: &Model, user: Uuid) -> Result<()> {
    if watches(tx, row.id, user).await? {
        return Ok(());
    }
    tx.link::<Link>([watcher(row.id, user)]).await?;
    tx.log::<Entity>(row, "watched", Fields::none().with("watcher", None::<Uuid>, user)).await
}

pub async fn unwatch(tx: &Tx, row: &Model, user: Uuid) -> Result<()> {
    if !watches(tx, row.id, user).await? {
        return Ok(());
    }
    forget(tx, row.id, user).await?;
    tx.log::<Entity>(row, "unwatched", Fields::none().with("watcher", user, None::<Uuid>)).await
}

/// Lets these watch who do not yet.
pub async fn add(tx: &Tx, case: Uuid, users: &[Uuid]) -> Result<()> {
    tx.link::<Link>(users.iter().map(|user| watcher(case, *user))).await
}

pub async fn remove(tx: &Tx, case: Uuid, users: BTreeSet<Uuid>) -> Result<()> {
    if users.is_empty() {
        return Ok(());
    }
    tx.unlink::<Link>(Condition::all().add(Column::CaseId.eq(case)).add(Column::MemberUserId.is_in(users))).await
}

async fn forget(tx: &Tx, case: Uuid, user: Uuid) -> Result<()> {
    tx.unlink::<Link>(Condition::all().add(Column::CaseId.eq(case)).add(Column::MemberUserId.eq(user))).await
}

fn watcher(case_id: Uuid, member_user_id: Uuid) -> Watcher {
    Watcher { case_id, member_user_id, ..Watcher::default() }
}
