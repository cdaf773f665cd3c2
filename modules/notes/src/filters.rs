use base::{Filter, Record, list::link};
use sea_orm::{
    Value,
    sea_query::{Alias, Expr, ExprTrait},
};
use uuid::Uuid;

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
