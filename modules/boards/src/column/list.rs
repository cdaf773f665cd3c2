use base::{Filter, Listed, Sort};
use uuid::Uuid;

use super::row::{Column, Entity};

impl Listed for Entity {
    const PATH: &'static str = "/api/boards/columns";

    fn filters() -> Vec<Filter> {
        vec![Filter::any_of::<Entity, Uuid>("board_id", Column::BoardId, "On any of these boards.")]
    }

    fn sorts() -> Vec<Sort> {
        vec![
            Sort::time::<Entity>("created_at", Column::CreatedAt),
            Sort::text::<Entity>("rank", Column::Rank),
            Sort::text::<Entity>("name", Column::Name),
        ]
    }
}
