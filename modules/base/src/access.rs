//! Who sees a row and who may change it: the policy that each record declares, and the condition that it becomes.

use sea_orm::{
    Condition,
    sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{
    actor::{Actor, Scope},
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
    /// By its creator, its assignees and its teams: the grant's scope says how far.
    Assignment,
    /// Everyone in the organisation sees it; a grant is asked only to create, change and delete.
    Shared,
    /// It belongs to the organisation: without a grant of scope `org` it does not exist.
    Organisation,
    /// It hangs on a record and is reached only through it: whoever sees that, sees this.
    Subject,
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
        Reach::Organisation => actor.reach(E::OBJECT, verb.0).filter(|scope| *scope == Scope::Org),
        _ => actor.reach(E::OBJECT, verb.0),
    }
}

/// The condition "within `scope` of `actor`", as a probe: cheap for a row that is already at hand.
pub(crate) fn probe<E: Record>(actor: &Actor, scope: Scope) -> Option<Condition> {
    let base = E::base();
    let user = actor.user()?;
    let mut mine = assigned::<E>(actor, scope);
    mine.and_where(Expr::col((Alias::new("assignment"), Alias::new("record_id"))).equals((E::default(), base.id)));
    (scope < Scope::Org).then(|| {
        Condition::any()
            .add(Expr::col((E::default(), base.created_by)).eq(user))
            .add(Expr::exists(mine))
    })
}

/// The ids "within `scope` of `actor`", for an actor who sees few: they drive the query.
pub(crate) fn ids<E: Record>(actor: &Actor, scope: Scope, most: u64) -> Option<SelectStatement> {
    let base = E::base();
    let user = actor.user()?;
    let record_id = (Alias::new("assignment"), Alias::new("record_id"));
    let mut assigned = assigned::<E>(actor, scope);
    assigned.clear_selects().expr_as(Expr::col(record_id), Alias::new("id")).limit(most);
    let mut created = Query::select();
    created
        .expr_as(Expr::col((E::default(), base.id)), Alias::new("id"))
        .from(E::default())
        .and_where(Expr::col((E::default(), base.org_id)).eq(actor.org()))
        .and_where(Expr::col((E::default(), base.created_by)).eq(user))
        .limit(most);
    let wrap = |select: SelectStatement, name: &str| {
        Query::select().column(Alias::new("id")).from_subquery(select, Alias::new(name)).to_owned()
    };
    let mut both = wrap(created, "created");
    both.union(sea_orm::sea_query::UnionType::Distinct, wrap(assigned, "assigned"));
    Some(both)
}

fn assigned<E: Record>(actor: &Actor, scope: Scope) -> SelectStatement {
    let assignment = Alias::new("assignment");
    let mut principals: Vec<Uuid> = actor.user().into_iter().collect();
    if scope == Scope::Team {
        principals.extend(actor.circle());
    }
    Query::select()
        .expr(Expr::val(1))
        .from(assignment.clone())
        .and_where(Expr::col((assignment.clone(), Alias::new("org_id"))).eq(actor.org()))
        .and_where(Expr::col((assignment.clone(), Alias::new("record_kind"))).eq(E::KIND))
        .and_where(Expr::col((assignment, Alias::new("principal_id"))).is_in(principals))
        .to_owned()
}

