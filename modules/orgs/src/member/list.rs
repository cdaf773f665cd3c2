use base::{
    Actor, Filter, Sort,
    list::Listed,
    value::{Email, Text},
};
use chrono::{DateTime, Utc};
use sea_orm::{
    Value,
    sea_query::{Alias, Condition, Expr, ExprTrait, Func, LikeExpr, Query, SelectStatement},
};
use uuid::Uuid;

use super::{Column, Entity};

impl Listed for Entity {
    const PATH: &'static str = "/api/members";

    fn filters() -> Vec<Filter> {
        let mut filters = vec![
            Filter::any_of::<Self, Uuid>("role", Column::RoleId, "Who have this role, by its id."),
            Filter::is::<Self, bool>("is_active", Column::IsActive, "Whether they may come in."),
            Filter::is::<Self, bool>("has_sales_access", Column::HasSalesAccess, "Whether they sell."),
            Filter::is::<Self, bool>("has_marketing_access", Column::HasMarketingAccess, "Whether they do marketing."),
            Filter::linked::<Self, Text<100>>("name", "A part of the name, whatever its case.", named),
            Filter::linked::<Self, Email>("email", "The whole address, whatever its case.", addressed),
        ];
        filters.extend(Filter::range::<Self, DateTime<Utc>>(
            "created_at",
            Column::CreatedAt,
            "Since when they are here",
        ));
        filters
    }

    fn sorts() -> Vec<Sort> {
        vec![Sort::time::<Self>("created_at", Column::CreatedAt), Sort::time::<Self>("updated_at", Column::UpdatedAt)]
    }
}

fn named(actor: &Actor, parts: Vec<Value>) -> SelectStatement {
    let name = || Expr::expr(Func::lower(Expr::col((Alias::new("users"), Alias::new("name")))));
    let any = texts(parts).fold(Condition::any(), |any, part| {
        let escaped = part.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        any.add(name().like(LikeExpr::new(format!("%{escaped}%")).escape('\\')))
    });
    whose_user(actor, any)
}

pub fn addressed(actor: &Actor, addresses: Vec<Value>) -> SelectStatement {
    let email = Expr::col((Alias::new("users"), Alias::new("email_lower")));
    whose_user(actor, Condition::all().add(email.is_in(texts(addresses))))
}

/// The members whose user fits.
fn whose_user(actor: &Actor, fits: Condition) -> SelectStatement {
    Query::select()
        .column((Entity, Column::Id))
        .from(Entity)
        .inner_join(
            Alias::new("users"),
            Expr::col((Alias::new("users"), Alias::new("id"))).equals((Entity, Column::UserId)),
        )
        .and_where(Expr::col((Entity, Column::OrgId)).eq(actor.org()))
        .cond_where(fits)
        .to_owned()
}

fn texts(values: Vec<Value>) -> impl Iterator<Item = String> {
    values.into_iter().filter_map(|value| match value {
        Value::String(text) => text.map(|text| text.to_lowercase()),
        _ => None,
    })
}
