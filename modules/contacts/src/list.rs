use base::{
    Actor, Filter, Listed, Sort,
    list::link,
    value::{Country, Text},
};
use sea_orm::{
    Value,
    sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType},
};
use uuid::Uuid;

use crate::contact::{Column, Entity};

impl Listed for Entity {
    const PATH: &'static str = "/api/contacts";
    const SEARCHED: bool = true;
    const REACHED: &'static [&'static str] = &["email_lower", "department", "city", "country", "do_not_call"];

    fn filters() -> Vec<Filter> {
        let own = [
            Filter::lower::<Entity>("email", "email_lower", "With this e-mail address, whatever the case."),
            Filter::linked::<Entity, Uuid>(
                "account_id",
                "Belonging to any of these accounts, or linked to it.",
                of_accounts,
            ),
            Filter::any_of::<Entity, Text<255>>("department", Column::Department, "In any of these departments."),
            Filter::any_of::<Entity, Text<255>>("city", Column::City, "In any of these towns."),
            Filter::any_of::<Entity, Country>("country", Column::Country, "In any of these countries."),
            Filter::is::<Entity, bool>("do_not_call", Column::DoNotCall, "Whether they asked not to be called."),
            Filter::is::<Entity, bool>("is_active", Column::IsActive, "Whether they are worked on."),
        ];
        own.into_iter().chain(notes::filters::<Entity>()).collect()
    }

    fn sorts() -> Vec<Sort> {
        vec![
            Sort::time::<Entity>("created_at", Column::CreatedAt),
            Sort::time::<Entity>("updated_at", Column::UpdatedAt),
            Sort::text::<Entity>("last_name", Column::LastName),
        ]
    }
}

fn of_accounts(actor: &Actor, accounts: Vec<Value>) -> SelectStatement {
    let mut own = Query::select();
    own.column(Column::Id)
        .from(Entity)
        .and_where(Expr::col(Column::OrgId).eq(actor.org()))
        .and_where(Expr::col(Column::AccountId).is_in(accounts.iter().cloned()))
        .union(UnionType::Distinct, link("account_contact", "account_id", "contact_id", actor, accounts));
    own
}
