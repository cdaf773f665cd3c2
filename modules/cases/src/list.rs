use base::{Actor, Filter, Listed, Sort, list::link};
use chrono::{DateTime, Utc};
use sea_orm::{Value, sea_query::SelectStatement};
use uuid::Uuid;

use crate::{
    case::{Column, Entity},
    view::{CasePriority, CaseStatus, CaseType},
};

impl Listed for Entity {
    const PATH: &'static str = "/api/cases";
    const SEARCHED: bool = true;
    const REACHED: &'static [&'static str] = &[
        "number",
        "status",
        "priority",
        "case_type",
        "account_id",
        "parent_id",
        "merged_into_id",
        "closed_at",
        "first_response_due",
        "resolution_due",
        "stage_id",
        "rank",
    ];

    fn filters() -> Vec<Filter> {
        let own = [
            Filter::any_of::<Entity, i64>("number", Column::Number, "With any of these numbers."),
            Filter::any_of::<Entity, CaseStatus>("status", Column::Status, "In any of these statuses."),
            Filter::any_of::<Entity, CasePriority>("priority", Column::Priority, "Of any of these priorities."),
            Filter::any_of::<Entity, CaseType>("case_type", Column::CaseType, "Of any of these types."),
            Filter::any_of::<Entity, Uuid>("account_id", Column::AccountId, "Of any of these accounts."),
            Filter::any_of::<Entity, Uuid>("parent_id", Column::ParentId, "That are a part of any of these cases."),
            Filter::any_of::<Entity, Uuid>(
                "merged_into_id",
                Column::MergedIntoId,
                "That were merged into any of these cases.",
            ),
            Filter::any_of::<Entity, Uuid>(
                "pipeline_stage_id",
                Column::StageId,
                "That stand in any of these stages of a pipeline.",
            ),
            Filter::linked::<Entity, Uuid>("solution_id", "Helped with any of these solutions.", of_solutions),
            Filter::is::<Entity, bool>("is_active", Column::IsActive, "Whether it is worked on."),
        ];
        own.into_iter()
            .chain(Filter::range::<Entity, DateTime<Utc>>("closed_at", Column::ClosedAt, "Closed"))
            .chain(Filter::range::<Entity, DateTime<Utc>>(
                "first_response_due",
                Column::FirstResponseDue,
                "To be answered, or answered late",
            ))
            .chain(Filter::range::<Entity, DateTime<Utc>>("resolution_due", Column::ResolutionDue, "Due"))
            .chain(notes::filters::<Entity>())
            .collect()
    }

    fn sorts() -> Vec<Sort> {
        vec![
            Sort::time::<Entity>("created_at", Column::CreatedAt),
            Sort::time::<Entity>("updated_at", Column::UpdatedAt),
            Sort::number::<Entity>("number", Column::Number),
            Sort::text::<Entity>("name", Column::Name),
            Sort::text::<Entity>("rank", Column::Rank),
        ]
    }
}

fn of_solutions(actor: &Actor, solutions: Vec<Value>) -> SelectStatement {
    link("case_solution", "solution_id", "case_id", actor, solutions)
}
