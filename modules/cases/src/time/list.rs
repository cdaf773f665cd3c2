use base::{Filter, Listed, Sort};
use chrono::NaiveDate;
use uuid::Uuid;

use super::entry::{Column, Entity};

impl Listed for Entity {
    const PATH: &'static str = "/api/cases/time-entries";

    fn filters() -> Vec<Filter> {
        let own = [
            Filter::any_of::<Self, Uuid>("case_id", Column::CaseId, "On any of these cases."),
            Filter::any_of::<Self, Uuid>("member_id", Column::MemberId, "Of any of these members, by user id."),
            Filter::is::<Self, bool>("is_billable", Column::IsBillable, "Whether the customer is to pay for it."),
        ];
        own.into_iter()
            .chain(Filter::range::<Self, NaiveDate>("worked_on", Column::WorkedOn, "Worked on a day"))
            .collect()
    }

    fn sorts() -> Vec<Sort> {
        vec![
            Sort::date::<Self>("worked_on", Column::WorkedOn),
            Sort::time::<Self>("created_at", Column::CreatedAt),
            Sort::time::<Self>("updated_at", Column::UpdatedAt),
        ]
    }
}
