use base::{
    Filter, Listed, Sort,
    value::{Country, Industry},
};
use uuid::Uuid;

use crate::{
    account::{Column, Entity},
    view::Rating,
};

impl Listed for Entity {
    const PATH: &'static str = "/api/accounts";
    const SEARCHED: bool = true;
    const REACHED: &'static [&'static str] =
        &["name_lower", "industry", "rating", "billing_country", "billing_city", "parent_id"];

    fn filters() -> Vec<Filter> {
        let own = [
            Filter::lower::<Entity>("name", "name_lower", "Called this, whatever the case."),
            Filter::any_of::<Entity, Industry>("industry", Column::Industry, "In any of these industries."),
            Filter::any_of::<Entity, Rating>("rating", Column::Rating, "Rated any of these."),
            Filter::any_of::<Entity, Country>("country", Column::BillingCountry, "Billed in any of these countries."),
            Filter::any_of::<Entity, base::value::Text<255>>(
                "city",
                Column::BillingCity,
                "Billed in any of these towns.",
            ),
            Filter::any_of::<Entity, Uuid>("parent_id", Column::ParentId, "Belonging to any of these accounts."),
            Filter::is::<Entity, bool>("is_active", Column::IsActive, "Whether it is worked on."),
        ];
        own.into_iter().chain(notes::filters::<Entity>()).collect()
    }

    fn sorts() -> Vec<Sort> {
        vec![
            Sort::time::<Entity>("created_at", Column::CreatedAt),
            Sort::time::<Entity>("updated_at", Column::UpdatedAt),
            Sort::text::<Entity>("name", Column::Name),
        ]
    }
}
