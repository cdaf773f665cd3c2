//! Who sees a row and who may change it: the policy that each record declares, and the condition that it becomes.

use std::collections::BTreeSet;

use sea_orm::{
    Condition,
    sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, SubQueryStatement, UnionType},
};
use uuid::Uuid;

use crate::{
    actor::{Actor, Scope},
    find::Ids,
    record::Record,
};

/// What can be done to a record. A module with a verb of its own (convert, issue) names it in [`Access::VERBS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verb(pub &'static str);

impl Verb {
    pub const VIEW: Self = Self("view");
    pub const CREATE: Self = Self("create");
    pub const CHANGE: Self = Self("change");
    pub const DELETE: Self = Self("delete");
}

/// By what a row belongs to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// By its creator, its assignees and its teams: the grant's scope says how far. Its table has a twin that knows who
    /// reaches what (`migration::table::Reached`), and [`Listed::REACHED`](crate::Listed::REACHED) says what is in it.
    Assignment,
    /// Everyone in the organisation sees it; a grant is asked only to create, change and delete.
    Shared,
    /// It belongs to the organisation: without a grant of scope `org` it does not exist.
    Organisation,
    /// By whom it names: these columns of its own say for which member or which team it is, and one that names nobody is
    /// everybody's. A grant of scope `org` is asked to create, change and delete.
    Addressed { member: &'static str, team: &'static str },
    /// It hangs on a record and is reached only through it: whoever sees that, sees this.
    Subject,
    /// By its members: it is there for whoever is in it, and their role in it says what they may do. A grant of less than
    /// `org` reaches no further.
    Membership(Membership),
}

/// What is reached by being in it: the thing itself, or what is in it.
///
/// A record that shares the thing's [`Access::OBJECT`] is a part of it: to make, change or delete one is to change the thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The thing, by its table: `board`. Its members are in the links `board_member`: `board_id`, `member_user_id` and `role`.
    /// What is in it points at it by a column `board_id`, and is not there while it is in the trash.
    pub of: &'static str,
    /// The roles that may do a verb; one that is not named here is for every member.
    pub roles: &'static [(Verb, &'static [&'static str])],
}

/// The whole policy of a record, in its module's `access.rs`.
pub trait Access {
    /// The object in grants: `lead` in `lead.change`.
    const OBJECT: &'static str;
    const VERBS: &'static [Verb] = &[Verb::VIEW, Verb::CREATE, Verb::CHANGE, Verb::DELETE];
    const REACH: Reach;
}

/// The scope in which `actor` may do `verb`, `None` when not at all.
pub fn scope<E: Record>(actor: &Actor, verb: Verb) -> Option<Scope> {
    match E::REACH {
        Reach::Subject => Some(Scope::Org),
        Reach::Shared if verb == Verb::VIEW => Some(Scope::Org),
        Reach::Addressed { .. } if verb != Verb::VIEW => {
            actor.reach(E::OBJECT, verb.0).filter(|scope| *scope == Scope::Org)
        }
        Reach::Organisation => actor.reach(E::OBJECT, verb.0).filter(|scope| *scope == Scope::Org),
        Reach::Membership(membership) => actor.reach(E::OBJECT, membership.meant::<E>(verb).0),
        _ => actor.reach(E::OBJECT, verb.0),
    }
}

/// How far an actor may do something: the scope of the grant, and as what they have to be a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub scope: Scope,
    /// Empty: any.
    pub roles: &'static [&'static str],
}

impl Standing {
    /// What fits both.
    pub fn and(self, other: Self) -> Self {
        let roles = if self.roles.is_empty() { other.roles } else { self.roles };
        Self { scope: self.scope.min(other.scope), roles }
    }
}

/// The standing in which `actor` may do `verb`, `None` when not at all.
pub(crate) fn standing<E: Record>(actor: &Actor, verb: Verb) -> Option<Standing> {
    let scope = scope::<E>(actor, verb)?;
    let roles = match E::REACH {
        Reach::Membership(membership) if scope < Scope::Org => membership.roles(membership.meant::<E>(verb)),
        _ => &[],
    };
    Some(Standing { scope, roles })
}

/// Through whom `actor` reaches records "within `scope`": the user, and with `Team` their teams and everyone in them. `None`
/// when they reach all of the organisation's.
pub(crate) fn principals(actor: &Actor, scope: Scope) -> Option<BTreeSet<Uuid>> {
    let mut principals = BTreeSet::from([actor.user().filter(|_| scope < Scope::Org)?]);
    if scope == Scope::Team {
        principals.extend(actor.circle());
    }
    Some(principals)
}

/// The condition "within `scope` of `actor`", as a probe: cheap for a row that is already at hand. It is not an `EXISTS`,
/// for which PostgreSQL would rather gather everything assigned before it looks at the first row.
pub(crate) fn probe<E: Record>(actor: &Actor, standing: Standing) -> Option<Condition> {
    if let Reach::Membership(membership) = E::REACH {
        return membership.within::<E>(actor, standing);
    }
    let mine: SubQueryStatement = assigned_to_row::<E>(actor, standing.scope).limit(1).to_owned().into();
    within::<E>(actor, standing.scope, Expr::from(mine).eq(1))
}

/// The same condition for many rows: how they are found out is left to the database.
pub(crate) fn each<E: Record>(actor: &Actor, standing: Standing) -> Option<Condition> {
    if let Reach::Membership(membership) = E::REACH {
        return membership.within::<E>(actor, standing);
    }
    within::<E>(actor, standing.scope, Expr::exists(assigned_to_row::<E>(actor, standing.scope)))
}

fn within<E: Record>(actor: &Actor, scope: Scope, assigned: Expr) -> Option<Condition> {
    let created_by = Expr::col((E::default(), E::base().created_by));
    let user = actor.user().filter(|_| scope < Scope::Org)?;
    if let Reach::Addressed { member, team } = E::REACH {
        return Some(addressed::<E>(actor, scope, member, team));
    }
    Some(Condition::any().add(created_by.eq(user)).add(assigned))
}

fn addressed<E: Record>(actor: &Actor, scope: Scope, member: &str, team: &str) -> Condition {
    let principals = principals(actor, scope).unwrap_or_default();
    let [member, team] = [member, team].map(|name| Expr::col((E::default(), Alias::new(name))));
    let everybody = Condition::all().add(member.clone().is_null()).add(team.clone().is_null());
    Condition::any().add(member.is_in(principals.clone())).add(team.is_in(principals)).add(everybody)
}

fn assigned_to_row<E: Record>(actor: &Actor, scope: Scope) -> SelectStatement {
    let record_id = Expr::col((Alias::new("assignment"), Alias::new("record_id")));
    assigned::<E>(actor, scope).and_where(record_id.equals((E::default(), E::base().id))).to_owned()
}

/// The ids of what is assigned "within `scope` of `actor`", in the trash or not: one index has them by itself.
pub(crate) fn assigned_ids<E: Record>(actor: &Actor, scope: Scope, most: u64) -> Option<Ids> {
    let user = actor.user().filter(|_| scope < Scope::Org)?;
    let ids = assigned_few::<E>(actor, scope, most);
    let alone = scope == Scope::Own || actor.circle().iter().all(|one| *one == user);
    Some(if alone { Ids::Once(ids) } else { Ids::Again(ids) })
}

/// The ids "within `scope` of `actor`", for an actor who sees few: they drive the query. `in_trash` says which of the rows
/// are meant; of what is assigned, there may be others among the ids.
pub(crate) fn ids<E: Record>(actor: &Actor, scope: Scope, in_trash: &Expr, most: u64) -> Option<SelectStatement> {
    let base = E::base();
    let user = actor.user()?;
    let mut created = Query::select();
    created
        .expr_as(Expr::col((E::default(), base.id)), Alias::new("id"))
        .from(E::default())
        .and_where(Expr::col((E::default(), base.org_id)).eq(actor.org()))
        .and_where(Expr::col((E::default(), base.created_by)).eq(user))
        .and_where(in_trash.clone())
        .limit(most);
    let wrap = |select: SelectStatement, name: &str| {
        Query::select().column(Alias::new("id")).from_subquery(select, Alias::new(name)).to_owned()
    };
    let mut both = wrap(created, "created");
    both.union(UnionType::Distinct, wrap(assigned_few::<E>(actor, scope, most), "assigned"));
    Some(both)
}

fn assigned_few<E: Record>(actor: &Actor, scope: Scope, most: u64) -> SelectStatement {
    let record_id = (Alias::new("assignment"), Alias::new("record_id"));
    let mut assigned = assigned::<E>(actor, scope);
    assigned.clear_selects().expr_as(Expr::col(record_id), Alias::new("id")).limit(most).to_owned()
}

fn assigned<E: Record>(actor: &Actor, scope: Scope) -> SelectStatement {
    let assignment = Alias::new("assignment");
    let principals = principals(actor, scope).unwrap_or_default();
    Query::select()
        .expr(Expr::val(1))
        .from(assignment.clone())
        .and_where(Expr::col((assignment.clone(), Alias::new("org_id"))).eq(actor.org()))
        .and_where(Expr::col((assignment.clone(), Alias::new("record_kind"))).eq(E::KIND))
        .and_where(Expr::col((assignment, Alias::new("principal_id"))).is_in(principals))
        .to_owned()
}
