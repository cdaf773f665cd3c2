use base::{Filter, Sort, list::Listed, value::Text};

use super::{Column, Entity};

impl Listed for Entity {
    const PATH: &'static str = "/api/roles";

    fn filters() -> Vec<Filter> {
        vec![Filter::any_of::<Self, Text<100>>("name", Column::Name, "The whole name, as it is written.")]
    }

    fn sorts() -> Vec<Sort> {
        vec![Sort::time::<Self>("created_at", Column::CreatedAt), Sort::text::<Self>("name", Column::Name)]
    }
}
