use base::{
    Access, Filter, Reach, Sort,
    list::{Listed, link},
    value::Text,
};
use uuid::Uuid;

use crate::team::{Column, Entity};

/// Everyone sees the teams; a grant is asked to make, change and delete one.
impl Access for Entity {
    const OBJECT: &'static str = "team";
    const REACH: Reach = Reach::Shared;
}

impl Listed for Entity {
    const PATH: &'static str = "/api/teams";

    fn filters() -> Vec<Filter> {
        let in_it = |actor: &base::Actor, users| link("team_member", "member_user_id", "team_id", actor, users);
        let mut filters = vec![
            Filter::any_of::<Self, Text<100>>("name", Column::Name, "The whole name, as it is written."),
            Filter::linked::<Self, Uuid>("member", "Teams with this person in them, by user id.", in_it),
        ];
        filters.extend(Filter::range::<Self, chrono::DateTime<chrono::Utc>>(
            "created_at",
            Column::CreatedAt,
            "Created",
        ));
        filters
    }

    fn sorts() -> Vec<Sort> {
        vec![
            Sort::time::<Self>("created_at", Column::CreatedAt),
            Sort::time::<Self>("updated_at", Column::UpdatedAt),
            Sort::text::<Self>("name", Column::Name),
        ]
    }
}
