use base::{Filter, Listed, Sort, list::link};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::row::{Column, Entity};

impl Listed for Entity {
    const PATH: &'static str = "/api/boards";

    fn filters() -> Vec<Filter> {
        let in_it = |actor: &base::Actor, users| link("board_member", "member_user_id", "board_id", actor, users);
        let own = [
            Filter::is::<Entity, bool>("is_archived", Column::IsArchived, "Whether nothing on it changes any more."),
            Filter::linked::<Entity, Uuid>("member", "Boards with any of these people on them, by user id.", in_it),
            Filter::any_of::<Entity, Uuid>(
                "created_by",
                Column::CreatedBy,
                "Created by any of these members, by user id.",
            ),
        ];
        own.into_iter()
            .chain(Filter::range::<Entity, DateTime<Utc>>("created_at", Column::CreatedAt, "Created"))
            .chain(Filter::range::<Entity, DateTime<Utc>>("updated_at", Column::UpdatedAt, "Last changed"))
            .collect()
    }

    fn sorts() -> Vec<Sort> {
        vec![
            Sort::time::<Entity>("created_at", Column::CreatedAt),
            Sort::time::<Entity>("updated_at", Column::UpdatedAt),
            Sort::text::<Entity>("name", Column::Name),
        ]
    }
}
