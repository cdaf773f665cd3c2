use base::{Filter, Listed, Sort};
use chrono::NaiveDate;
use uuid::Uuid;

use super::{
    row::{Column, Entity},
    view::CardPriority,
};

impl Listed for Entity {
    const PATH: &'static str = "/api/boards/cards";
    const SEARCHED: bool = true;

    fn filters() -> Vec<Filter> {
        let own = [
            Filter::any_of::<Entity, Uuid>("board_id", Column::BoardId, "On any of these boards."),
            Filter::any_of::<Entity, Uuid>("column_id", Column::ColumnId, "In any of these columns."),
            Filter::any_of::<Entity, CardPriority>("priority", Column::Priority, "Of any of these priorities."),
            Filter::any_of::<Entity, Uuid>("account_id", Column::AccountId, "About any of these accounts."),
            Filter::any_of::<Entity, Uuid>("contact_id", Column::ContactId, "About any of these contacts."),
            Filter::any_of::<Entity, Uuid>(
                "opportunity_id",
                Column::OpportunityId,
                "About any of these opportunities.",
            ),
            Filter::any_of::<Entity, Uuid>("case_id", Column::CaseId, "About any of these cases."),
        ];
        own.into_iter()
            .chain(Filter::range::<Entity, NaiveDate>("due", Column::Due, "Due"))
            .chain(notes::filters::<Entity>())
            .collect()
    }

    fn sorts() -> Vec<Sort> {
        vec![
            Sort::time::<Entity>("created_at", Column::CreatedAt),
            Sort::time::<Entity>("updated_at", Column::UpdatedAt),
            Sort::text::<Entity>("rank", Column::Rank),
            Sort::date::<Entity>("due", Column::Due),
            Sort::text::<Entity>("title", Column::Title),
        ]
    }
}
