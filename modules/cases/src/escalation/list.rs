use base::{Filter, Listed, Sort};

use super::rule::{Column, Entity};
use crate::sla::{Level, Promised};

impl Listed for Entity {
    const PATH: &'static str = "/api/escalation-rules";

    fn filters() -> Vec<Filter> {
        vec![
            Filter::any_of::<Self, Promised>("promised", Column::Promised, "Of this promise."),
            Filter::any_of::<Self, Level>("level", Column::Level, "At this level."),
            Filter::is::<Self, bool>("is_active", Column::IsActive, "Whether it holds."),
        ]
    }

    fn sorts() -> Vec<Sort> {
        vec![
            Sort::time::<Self>("created_at", Column::CreatedAt),
            Sort::time::<Self>("updated_at", Column::UpdatedAt),
            Sort::text::<Self>("name", Column::Name),
        ]
    }
}
