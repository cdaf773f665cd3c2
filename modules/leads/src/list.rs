use accounts::Rating;
use base::{
    Filter, Listed, Sort,
    value::{Country, Industry, Text},
};
use chrono::NaiveDate;
use opportunities::LeadSource;
use uuid::Uuid;

use crate::{
    lead::{Column, Entity},
    status::LeadStatus,
};

impl Listed for Entity {
    const PATH: &'static str = "/api/leads";
    const SEARCHED: bool = true;
    const REACHED: &'static [&'static str] = &[
        "status",
        "source",
        "rating",
        "industry",
        "email_lower",
        "city",
        "country",
        "created_from_site",
        "form_id",
        "next_follow_up",
        "stage_id",
        "currency",
        "opportunity_amount",
        "rank",
    ];

    fn filters() -> Vec<Filter> {
        let own = [
            Filter::any_of::<Entity, LeadStatus>("status", Column::Status, "In any of these statuses."),
            Filter::any_of::<Entity, LeadSource>("source", Column::Source, "From any of these sources."),
            Filter::any_of::<Entity, Rating>("rating", Column::Rating, "Rated any of these."),
            Filter::any_of::<Entity, Industry>("industry", Column::Industry, "In any of these industries."),
            Filter::lower::<Entity>("email", "email_lower", "With any of these e-mail addresses, whatever the case."),
            Filter::any_of::<Entity, Text<255>>("city", Column::City, "In any of these towns."),
            Filter::any_of::<Entity, Country>("country", Column::Country, "In any of these countries."),
            Filter::is::<Entity, bool>("created_from_site", Column::CreatedFromSite, "Whether a website sent it."),
            Filter::any_of::<Entity, Uuid>("form_id", Column::FormId, "Sent by any of these forms."),
            Filter::any_of::<Entity, Uuid>(
                "pipeline_stage_id",
                Column::StageId,
                "That stand in any of these stages of a pipeline.",
            ),
            Filter::is::<Entity, bool>("is_active", Column::IsActive, "Whether it is worked on."),
        ];
        own.into_iter()
            .chain(Filter::range::<Entity, NaiveDate>("next_follow_up", Column::NextFollowUp, "To follow up"))
            .chain(notes::filters::<Entity>())
            .collect()
    }

    fn sorts() -> Vec<Sort> {
        vec![
            Sort::time::<Entity>("created_at", Column::CreatedAt),
            Sort::time::<Entity>("updated_at", Column::UpdatedAt),
            Sort::text::<Entity>("title", Column::Title),
            Sort::text::<Entity>("rank", Column::Rank),
        ]
    }
}
