use base::{Filter, Led, Listed, Record, Result, Tx, list::link};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Value,
    sea_query::{Alias, Expr, ExprTrait, SelectStatement, SubQueryStatement},
};
use uuid::Uuid;

use crate::assignment::{Column, Entity};

/// The filters that every record with notes has.
pub fn filters<R: Record>() -> Vec<Filter> {
    let through = |table: &'static str, key: &'static str| {
        move |actor: &base::Actor, values: Vec<Value>| {
            let mut ids = link(table, key, "record_id", actor, values);
            ids.and_where(Expr::col(Alias::new("record_kind")).eq(R::KIND));
            ids
        }
    };
    vec![
        Filter::linked::<R, Uuid>(
            "assigned_to",
            "Assigned to any of these members, by user id.",
            through("assignment", "principal_id"),
        ),
        Filter::linked::<R, Uuid>("teams", "Assigned to any of these teams.", through("assignment", "principal_id")),
        Filter::linked::<R, Uuid>("tags", "With any of these tags.", through("record_tag", "tag_id")),
        Filter::any_of::<R, Uuid>("created_by", R::base().created_by, "Created by any of these members, by user id."),
    ]
    .into_iter()
    .chain(Filter::range::<R, chrono::DateTime<chrono::Utc>>("created_at", R::base().created_at, "Created"))
    .chain(Filter::range::<R, chrono::DateTime<chrono::Utc>>("updated_at", R::base().updated_at, "Last changed"))
    .collect()
}

/// To what is the actor's own to do: what is assigned to them, and what they made for nobody in particular. `about` narrows it
/// by columns that the twin of the table has.
pub fn own<R: Listed>(tx: &Tx, about: Condition) -> Led {
    tx.own_rows::<R>(about.add(to_do::<R>(tx)))
}

/// The first of it in each of these parts by a column, at most `most` of each, in one statement.
pub async fn first_own<R: Listed, const N: usize>(
    tx: &Tx,
    parts: [Condition; N],
    column: R::Column,
    most: u64,
) -> Result<[Vec<R::Model>; N]> {
    tx.first_own::<R, N>(parts.map(|part| part.add(to_do::<R>(tx))), column, most).await
}

fn to_do<R: Listed>(tx: &Tx) -> Condition {
    let me: Vec<Uuid> = tx.actor().user().into_iter().collect();
    let made = Condition::all().add(R::base().created_by.is_in(me.clone())).add(assigned_to_nobody::<R>(tx));
    Condition::any().add(assigned_to_any::<R>(tx, me)).add(made)
}

/// The records that are assigned to any of these users; each is tried.
fn assigned_to_any<R: Record>(tx: &Tx, users: Vec<Uuid>) -> Condition {
    let theirs = assigned::<R>(tx, Column::PrincipalId.is_in(users));
    Condition::all().add(Expr::from(SubQueryStatement::from(theirs)).eq(1))
}

/// The records that are assigned to no member; each is tried.
fn assigned_to_nobody<R: Record>(tx: &Tx) -> Condition {
    let theirs = assigned::<R>(tx, Column::MemberUserId.is_not_null());
    Condition::all().add(Expr::from(SubQueryStatement::from(theirs)).is_null())
}

/// 1 for a record that has such an assignment.
fn assigned<R: Record>(tx: &Tx, to: Expr) -> SelectStatement {
    let mut theirs = Entity::find()
        .select_only()
        .expr(Expr::val(1))
        .filter(Column::OrgId.eq(tx.actor().org()))
        .filter(Column::RecordKind.eq(R::KIND))
        .filter(to)
        .into_query();
    theirs.and_where(Expr::col((Entity, Column::RecordId)).equals((R::default(), R::base().id))).limit(1).to_owned()
}
