use base::{Filter, Listed, Sort};

use crate::{
    solution::{Column, Entity},
    view::SolutionStatus,
};

impl Listed for Entity {
    const PATH: &'static str = "/api/solutions";
    const SEARCHED: bool = true;

    fn filters() -> Vec<Filter> {
        let own = [
            Filter::any_of::<Entity, SolutionStatus>("status", Column::Status, "In any of these statuses."),
            Filter::is::<Entity, bool>("is_published", Column::IsPublished, "Whether everybody can read it."),
        ];
        own.into_iter().chain(notes::filters::<Entity>()).collect()
    }

    fn sorts() -> Vec<Sort> {
        vec![
            Sort::time::<Entity>("created_at", Column::CreatedAt),
            Sort::time::<Entity>("updated_at", Column::UpdatedAt),
            Sort::text::<Entity>("title", Column::Title),
        ]
    }
}
