use base::{Filter, Listed, Sort};

use super::row::{Column, Entity, MacroVisibility};

impl Listed for Entity {
    const PATH: &'static str = "/api/cases/macros";

    fn filters() -> Vec<Filter> {
        vec![Filter::any_of::<Self, MacroVisibility>(
            "visibility",
            Column::Visibility,
            "Personal, of a team, or shared.",
        )]
    }

    fn sorts() -> Vec<Sort> {
        vec![
            Sort::time::<Self>("created_at", Column::CreatedAt),
            Sort::time::<Self>("updated_at", Column::UpdatedAt),
            Sort::text::<Self>("name", Column::Name),
        ]
    }
}
