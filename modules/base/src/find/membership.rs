//! The rows of those who see what they are members of.

use sea_orm::{
    Condition,
    sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement},
};

use super::{FEW, Way, count};
use crate::{
    access::{Membership, Standing, Verb},
    actor::{Actor, Scope},
    error::Result,
    record::Record,
    tx::Tx,
};

impl Membership {
    /// Whether `E` is the thing itself, and not in it.
    pub(crate) fn is_of<E: Record>(&self) -> bool {
        E::default().table_name() == self.of
    }

    /// What a verb comes to: a part is changed by changing the thing.
    pub(crate) fn meant<E: Record>(&self, verb: Verb) -> Verb {
        let is_part = E::OBJECT == self.of && !self.is_of::<E>();
        if is_part && verb != Verb::VIEW { Verb::CHANGE } else { verb }
    }

    /// Empty: any.
    pub(crate) fn roles(&self, verb: Verb) -> &'static [&'static str] {
        self.roles.iter().find(|(named, _)| *named == verb).map_or(&[], |(_, roles)| roles)
    }

    /// The condition "of what `actor` is a member of, in this standing"; `None` when they reach all of the organisation's.
    pub(crate) fn within<E: Record>(&self, actor: &Actor, standing: Standing) -> Option<Condition> {
        let user = actor.user().filter(|_| standing.scope < Scope::Org)?;
        let links = Alias::new(format!("{}_member", self.of));
        let column = |name: &str| Expr::col((links.clone(), Alias::new(name)));
        let mut theirs = Query::select();
        theirs
            .expr(column(&self.key()))
            .from(links.clone())
            .and_where(column("org_id").eq(actor.org()))
            .and_where(column("member_user_id").eq(user));
        if !standing.roles.is_empty() {
            theirs.and_where(column("role").is_in(standing.roles.iter().copied()));
        }
        Some(Condition::all().add(self.thing::<E>().in_subquery(theirs)))
    }

    /// What is in a thing goes into the trash with it.
    pub(crate) fn outside_trash<E: Record>(&self, actor: &Actor) -> Option<Condition> {
        if self.is_of::<E>() {
            return None;
        }
        let column = |name: &str| Expr::col((Alias::new(self.of), Alias::new(name)));
        let trashed = Query::select()
            .expr(column("id"))
            .from(Alias::new(self.of))
            .and_where(column("org_id").eq(actor.org()))
            .and_where(column("deleted_at").is_not_null())
            .to_owned();
        Some(Condition::all().add(self.thing::<E>().not_in_subquery(trashed)))
    }

    /// How the rows are reached, as for those who see what is assigned to them.
    pub(super) async fn way<E: Record>(&self, tx: &Tx, standing: Standing, in_trash: &Expr) -> Result<Way> {
        let Some(condition) = self.within::<E>(tx.actor(), standing) else {
            return Ok(Way::All);
        };
        let ids = ids::<E>(tx.actor(), condition.clone(), in_trash);
        if count(tx, ids.clone()).await? > FEW {
            return Ok(Way::Many { counting: condition.clone(), condition, plenty: false });
        }
        Ok(Way::Few(Condition::all().add(Expr::col((E::default(), E::base().id)).in_subquery(ids))))
    }

    fn thing<E: Record>(&self) -> Expr {
        let column = if self.is_of::<E>() { "id".to_owned() } else { self.key() };
        Expr::col((E::default(), Alias::new(column)))
    }

    fn key(&self) -> String {
        format!("{}_id", self.of)
    }
}

fn ids<E: Record>(actor: &Actor, within: Condition, in_trash: &Expr) -> SelectStatement {
    Query::select()
        .expr(Expr::col((E::default(), E::base().id)))
        .from(E::default())
        .and_where(Expr::col((E::default(), E::base().org_id)).eq(actor.org()))
        .and_where(in_trash.clone())
        .cond_where(within)
        .limit(FEW + 1)
        .to_owned()
}
