use base::{Filter, Listed, Sort, list::link};
use chrono::NaiveDate;
use uuid::Uuid;

use crate::{
    closing::CloseReason,
    forecast::ForecastCategory,
    opportunity::{Column, Entity},
    stage::Stage,
    view::{LeadSource, OpportunityType},
};

impl Listed for Entity {
    const PATH: &'static str = "/api/opportunities";
    const SEARCHED: bool = true;
    const REACHED: &'static [&'static str] = &[
        "account_id",
        "stage",
        "opportunity_type",
        "lead_source",
        "closed_by",
        "closed_on",
        "stage_id",
        "currency",
        "amount",
        "forecast_category",
        "close_reason",
        "probability",
        "rank",
    ];

    fn filters() -> Vec<Filter> {
        let with = |actor: &base::Actor, contacts| {
            link("opportunity_contact", "contact_id", "opportunity_id", actor, contacts)
        };
        let of =
            |actor: &base::Actor, products| link("opportunity_line", "product_id", "opportunity_id", actor, products);
        let own = [
            Filter::any_of::<Entity, Uuid>("account_id", Column::AccountId, "With any of these accounts."),
            Filter::linked::<Entity, Uuid>("contacts", "In which any of these contacts has a say.", with),
            Filter::any_of::<Entity, Stage>("stage", Column::Stage, "In any of these stages."),
            Filter::any_of::<Entity, OpportunityType>(
                "opportunity_type",
                Column::OpportunityType,
                "Of any of these kinds.",
            ),
            Filter::any_of::<Entity, LeadSource>("lead_source", Column::LeadSource, "Heard of in any of these ways."),
            Filter::any_of::<Entity, Uuid>(
                "closed_by",
                Column::ClosedBy,
                "Closed by any of these members, by user id.",
            ),
            Filter::any_of::<Entity, Uuid>(
                "pipeline_stage_id",
                Column::StageId,
                "That stand in any of these stages of a pipeline.",
            ),
            Filter::linked::<Entity, Uuid>("product_id", "With a line of any of these products.", of),
            Filter::any_of::<Entity, ForecastCategory>(
                "forecast_category",
                Column::ForecastCategory,
                "That the forecast counts in any of these ways.",
            ),
            Filter::any_of::<Entity, CloseReason>(
                "close_reason",
                Column::CloseReason,
                "Won or lost for any of these reasons.",
            ),
            Filter::is::<Entity, bool>("is_active", Column::IsActive, "Whether it is worked on."),
        ];
        own.into_iter()
            .chain(Filter::range::<Entity, NaiveDate>("closed_on", Column::ClosedOn, "Closed, or expected to be"))
            .chain(notes::filters::<Entity>())
            .collect()
    }

    fn sorts() -> Vec<Sort> {
        vec![
            Sort::time::<Entity>("created_at", Column::CreatedAt),
            Sort::time::<Entity>("updated_at", Column::UpdatedAt),
            Sort::text::<Entity>("name", Column::Name),
            Sort::text::<Entity>("rank", Column::Rank),
        ]
    }
}
