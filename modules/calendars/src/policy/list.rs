use base::{Filter, Listed, Sort};
use uuid::Uuid;

use super::row::{Column, Entity};

impl Listed for Entity {
    const PATH: &'static str = "/api/sla-policies";

    fn filters() -> Vec<Filter> {
        vec![
            Filter::is::<Self, bool>("is_default", Column::IsDefault, "Whether it holds for every new case."),
            Filter::any_of::<Self, Uuid>("calendar_id", Column::CalendarId, "That count by any of these calendars."),
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
