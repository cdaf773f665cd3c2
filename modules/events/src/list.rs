use base::{Filter, Listed, Sort};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    event::{Column, Entity},
    view::{EventKind, EventStatus},
};

impl Listed for Entity {
    const PATH: &'static str = "/api/events";
    const SEARCHED: bool = true;
    const REACHED: &'static [&'static str] = &[
        "kind",
        "status",
        "starts_at",
        "account_id",
        "opportunity_id",
        "lead_id",
        "contact_id",
        "case_id",
        "series_id",
        "until",
    ];

    fn filters() -> Vec<Filter> {
        let own = [
            Filter::any_of::<Entity, EventKind>("kind", Column::Kind, "Of any of these kinds."),
            Filter::any_of::<Entity, EventStatus>("status", Column::Status, "In any of these statuses."),
            Filter::any_of::<Entity, Uuid>("account_id", Column::AccountId, "About any of these accounts."),
            Filter::any_of::<Entity, Uuid>(
                "opportunity_id",
                Column::OpportunityId,
                "About any of these opportunities.",
            ),
            Filter::any_of::<Entity, Uuid>("lead_id", Column::LeadId, "About any of these leads."),
            Filter::any_of::<Entity, Uuid>("contact_id", Column::ContactId, "About any of these contacts."),
            Filter::any_of::<Entity, Uuid>("case_id", Column::CaseId, "About any of these cases."),
            Filter::any_of::<Entity, Uuid>("series_id", Column::SeriesId, "Changed out of any of these series."),
        ];
        own.into_iter()
            .chain(Filter::range::<Entity, DateTime<Utc>>("starts_at", Column::StartsAt, "Starting"))
            .chain(notes::filters::<Entity>())
            .collect()
    }

    fn sorts() -> Vec<Sort> {
        vec![
            Sort::time::<Entity>("created_at", Column::CreatedAt),
            Sort::time::<Entity>("updated_at", Column::UpdatedAt),
            Sort::time::<Entity>("starts_at", Column::StartsAt),
            Sort::text::<Entity>("title", Column::Title),
        ]
    }
}
