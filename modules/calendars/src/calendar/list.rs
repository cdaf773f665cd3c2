use base::{Filter, Listed, Sort};

use super::row::{Column, Entity};

impl Listed for Entity {
    const PATH: &'static str = "/api/calendars";

    fn filters() -> Vec<Filter> {
        vec![Filter::is::<Self, bool>("is_default", Column::IsDefault, "Whether it is the default.")]
    }

    fn sorts() -> Vec<Sort> {
        vec![
            Sort::time::<Self>("created_at", Column::CreatedAt),
            Sort::time::<Self>("updated_at", Column::UpdatedAt),
            Sort::text::<Self>("name", Column::Name),
        ]
    }
}
