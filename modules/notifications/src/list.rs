use base::{Filter, Listed, News, Sort};
use chrono::{DateTime, Utc};

use crate::notification::{Column, Entity};

impl Listed for Entity {
    const PATH: &'static str = "/api/notifications";

    fn filters() -> Vec<Filter> {
        [
            Filter::is::<Entity, bool>("unread", Column::Unread, "Whether you have not read it."),
            Filter::any_of::<Entity, News>("kind", Column::Kind, "Of any of these kinds."),
        ]
        .into_iter()
        .chain(Filter::range::<Entity, DateTime<Utc>>("created_at", Column::CreatedAt, "Told"))
        .collect()
    }

    fn sorts() -> Vec<Sort> {
        vec![Sort::time::<Entity>("created_at", Column::CreatedAt)]
    }
}
