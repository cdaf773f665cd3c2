use base::{Filter, Listed, Sort};

use crate::series::{Column, Entity};

impl Listed for Entity {
    const PATH: &'static str = "/api/invoice-series";

    fn filters() -> Vec<Filter> {
        vec![Filter::is::<Entity, bool>(
            "is_default",
            Column::IsDefault,
            "Whether it is taken where nobody names another.",
        )]
    }

    fn sorts() -> Vec<Sort> {
        vec![
            Sort::time::<Entity>("created_at", Column::CreatedAt),
            Sort::time::<Entity>("updated_at", Column::UpdatedAt),
            Sort::text::<Entity>("name", Column::Name),
        ]
    }
}
