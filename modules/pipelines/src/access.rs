use base::{Access, Filter, Listed, Reach, Sort};

use crate::{
    pipeline::{Column, Entity, Kind},
    stage,
};

/// Everyone sees the pipelines; a grant is asked to make, change and delete one.
impl Access for Entity {
    const OBJECT: &'static str = "pipeline";
    const REACH: Reach = Reach::Shared;
}

/// Stages are seen and changed with their pipeline.
impl Access for stage::Entity {
    const OBJECT: &'static str = "pipeline";
    const REACH: Reach = Reach::Subject;
}

impl Listed for Entity {
    const PATH: &'static str = "/api/pipelines";

    fn filters() -> Vec<Filter> {
        vec![
            Filter::any_of::<Self, Kind>("kind", Column::Kind, "Of any of these kinds of record."),
            Filter::is::<Self, bool>("is_built_in", Column::IsBuiltIn, "Whether it was there from the first day."),
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
