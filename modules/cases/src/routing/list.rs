use base::{Filter, Listed, Sort};

use super::rule::{Column, Entity, RoutingStrategy};

impl Listed for Entity {
    const PATH: &'static str = "/api/cases/routing-rules";

    fn filters() -> Vec<Filter> {
        vec![
            Filter::any_of::<Self, RoutingStrategy>("strategy", Column::Strategy, "With any of these strategies."),
            Filter::is::<Self, bool>("is_active", Column::IsActive, "Whether new cases are tried on it."),
        ]
    }

    fn sorts() -> Vec<Sort> {
        vec![
            Sort::text::<Self>("rank", Column::Rank),
            Sort::time::<Self>("created_at", Column::CreatedAt),
            Sort::time::<Self>("updated_at", Column::UpdatedAt),
            Sort::text::<Self>("name", Column::Name),
        ]
    }
}
