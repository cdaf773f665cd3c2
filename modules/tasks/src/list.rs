use base::{Filter, Listed, Sort};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    task::{Column, Entity},
    view::{TaskPriority, TaskStatus},
};

impl Listed for Entity {
    const PATH: &'static str = "/api/tasks";
    const SEARCHED: bool = true;
    const REACHED: &'static [&'static str] = &[
        "status",
        "priority",
        "due",
        "account_id",
        "opportunity_id",
        "lead_id",
        "case_id",
        "previous_id",
        "stage_id",
        "rank",
        "due_on",
        "due_at",
    ];

    fn filters() -> Vec<Filter> {
        let own = [
            Filter::any_of::<Entity, TaskStatus>("status", Column::Status, "In any of these statuses."),
            Filter::any_of::<Entity, TaskPriority>("priority", Column::Priority, "Of any of these priorities."),
            Filter::any_of::<Entity, Uuid>("account_id", Column::AccountId, "About any of these accounts."),
            Filter::any_of::<Entity, Uuid>(
                "opportunity_id",
                Column::OpportunityId,
                "About any of these opportunities.",
            ),
            Filter::any_of::<Entity, Uuid>("lead_id", Column::LeadId, "About any of these leads."),
            Filter::any_of::<Entity, Uuid>("case_id", Column::CaseId, "About any of these cases."),
            Filter::any_of::<Entity, Uuid>("previous_id", Column::PreviousId, "That follow any of these tasks."),
            Filter::any_of::<Entity, Uuid>(
                "pipeline_stage_id",
                Column::StageId,
                "That stand in any of these stages of a pipeline.",
            ),
            Filter::is::<Entity, bool>("is_active", Column::IsActive, "Whether it is worked on."),
        ];
        own.into_iter()
            .chain(Filter::range::<Entity, DateTime<Utc>>("due", Column::Due, "Due"))
            .chain(notes::filters::<Entity>())
            .collect()
    }

    fn sorts() -> Vec<Sort> {
        vec![
            Sort::time::<Entity>("created_at", Column::CreatedAt),
            Sort::time::<Entity>("updated_at", Column::UpdatedAt),
            Sort::time::<Entity>("due", Column::Due),
            Sort::text::<Entity>("title", Column::Title),
            Sort::text::<Entity>("rank", Column::Rank),
        ]
    }
}
