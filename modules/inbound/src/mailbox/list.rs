use base::{Filter, Listed, Sort};

use super::row::{Column, Entity};

impl Listed for Entity {
    const PATH: &'static str = "/api/mailboxes";

    fn filters() -> Vec<Filter> {
        let active = Filter::is::<Entity, bool>("is_active", Column::IsActive, "Whether it takes mail.");
        [active].into_iter().chain(notes::filters::<Entity>()).collect()
    }

    fn sorts() -> Vec<Sort> {
        vec![Sort::time::<Entity>("created_at", Column::CreatedAt), Sort::text::<Entity>("name", Column::Name)]
    }
}
