//! Who is on a board, as a body says it.

use base::{Beside, Checked, Error, Faults, Fields, Result, Scope, Tx, Verb, access};
use sea_orm::{ColumnTrait, ExprTrait};
use uuid::Uuid;

use super::{
    member::{self, Roles, roles, with_role},
    row,
};
use crate::role::BoardRole;

/// Who is to have which role, by user id; `None` leaves those who have it.
#[derive(Clone, Debug, Default)]
pub struct Crew {
    pub owners: Option<Vec<Uuid>>,
    pub admins: Option<Vec<Uuid>>,
    pub members: Option<Vec<Uuid>>,
}

/// Who was on a board and who will be: checked, not yet kept.
pub struct Crewed {
    was: Roles,
    will: Roles,
}

const LISTS: [(&str, BoardRole); 3] =
    [("owners", BoardRole::Owner), ("admins", BoardRole::Admin), ("members", BoardRole::Member)];

impl Crew {
    #[must_use]
    pub fn put(owners: Vec<Uuid>, admins: Vec<Uuid>, members: Vec<Uuid>) -> Self {
        Self { owners: Some(owners), admins: Some(admins), members: Some(members) }
    }

    fn lists(&self) -> [Option<&Vec<Uuid>>; 3] {
        [self.owners.as_ref(), self.admins.as_ref(), self.members.as_ref()]
    }

    fn after(&self, was: &Roles) -> Roles {
        let mut will = Roles::new();
        for ((_, role), given) in LISTS.into_iter().zip(self.lists()) {
            for user in given.cloned().unwrap_or_else(|| with_role(was, role)) {
                let best = will.entry(user).or_insert(role);
                *best = Ord::max(role, *best);
            }
        }
        will
    }

    /// A fault for each list with somebody who is neither an active member of the organisation nor on the board already.
    async fn strangers(&self, tx: &Tx, was: &Roles, faults: &mut Faults) -> Result<()> {
        let new = |list: &Vec<Uuid>| list.iter().copied().filter(|user| !was.contains_key(user)).collect::<Vec<_>>();
        let people = tx.people(self.lists().into_iter().flatten().flat_map(new)).await?;
        for ((name, _), given) in LISTS.into_iter().zip(self.lists()) {
            let mut added = given.map(new).unwrap_or_default().into_iter();
            if added.any(|user| !people.get(&user).is_some_and(|person| person.is_active)) {
                faults.add(format!("/{name}"), "unknown_reference", "There is no such member.");
            }
        }
        Ok(())
    }
}

impl Beside<row::Entity> for Crew {
    type Checked = Crewed;

    async fn check(self, tx: &Tx, board: Option<Uuid>, faults: &mut Faults) -> Result<Crewed> {
        let was = roles(tx, board).await?.into_values().next().unwrap_or_default();
        self.strangers(tx, &was, faults).await?;
        let mut will = self.after(&was);
        if board.is_none()
            && let Some(maker) = tx.actor().user()
        {
            will.insert(maker, BoardRole::Owner);
        }
        let [owned, owns] = [&was, &will].map(|roles| with_role(roles, BoardRole::Owner));
        if board.is_some() && owned != owns {
            if owns.is_empty() {
                faults.add("/owners", "last_owner", "A board has an owner.");
            }
            let may = access::scope::<row::Entity>(tx.actor(), Verb::CHANGE) == Some(Scope::Org)
                || tx.actor().user().is_some_and(|me| owned.contains(&me));
            if !may {
                return Err(Error::forbidden_because("owners_only", "Only an owner makes and unmakes owners."));
            }
        }
        Ok(Crewed { was, will })
    }
}

impl Checked<row::Entity> for Crewed {
    fn fields(&self) -> Fields {
        LISTS.into_iter().fold(Fields::none(), |fields, (name, role)| {
            let [was, will] = [&self.was, &self.will].map(|roles| with_role(roles, role));
            if was == will { fields } else { fields.with(name, was, will) }
        })
    }

    async fn keep(self, tx: &Tx, board: &row::Model) -> Result<()> {
        let Self { was, will } = self;
        let gone: Vec<Uuid> =
            was.iter().filter(|(user, role)| will.get(user) != Some(role)).map(|(user, _)| *user).collect();
        if !gone.is_empty() {
            let these = member::Column::BoardId.eq(board.id).and(member::Column::MemberUserId.is_in(gone));
            tx.unlink::<member::Entity>(these).await?;
        }
        let new = will.into_iter().filter(|(user, role)| was.get(user) != Some(role));
        tx.link::<member::Entity>(new.map(|(member_user_id, role)| member::Model {
            board_id: board.id,
            member_user_id,
            role,
            ..member::Model::default()
        }))
        .await
    }
}
