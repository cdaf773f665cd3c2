use base::{
    Filter, Listed, Sort,
    list::link,
    value::{CurrencyCode, Text},
};
use chrono::NaiveDate;
use uuid::Uuid;

use crate::{
    invoice::{Column, Entity},
    state::InvoiceState,
};

impl Listed for Entity {
    const PATH: &'static str = "/api/invoices";
    const SEARCHED: bool = true;
    const REACHED: &'static [&'static str] = &[
        "state",
        "number",
        "account_id",
        "contact_id",
        "opportunity_id",
        "series_id",
        "currency",
        "issue_date",
        "due_date",
    ];

    fn filters() -> Vec<Filter> {
        let of = |actor: &base::Actor, products| link("invoice_line", "product_id", "invoice_id", actor, products);
        let own = [
            Filter::any_of::<Entity, InvoiceState>("state", Column::State, "In any of these states."),
            Filter::any_of::<Entity, Text<64>>("number", Column::Number, "With any of these numbers."),
            Filter::any_of::<Entity, Uuid>("account_id", Column::AccountId, "To any of these accounts."),
            Filter::any_of::<Entity, Uuid>("contact_id", Column::ContactId, "To any of these contacts."),
            Filter::any_of::<Entity, Uuid>("opportunity_id", Column::OpportunityId, "For any of these opportunities."),
            Filter::any_of::<Entity, Uuid>("series_id", Column::SeriesId, "With a number of any of these series."),
            Filter::any_of::<Entity, CurrencyCode>("currency", Column::Currency, "In any of these currencies."),
            Filter::linked::<Entity, Uuid>("product_id", "With a line of any of these products.", of),
        ];
        own.into_iter()
            .chain(Filter::range::<Entity, NaiveDate>("issue_date", Column::IssueDate, "Issued"))
            .chain(Filter::range::<Entity, NaiveDate>("due_date", Column::DueDate, "Due"))
            .chain(notes::filters::<Entity>())
            .collect()
    }

    fn sorts() -> Vec<Sort> {
        vec![
            Sort::time::<Entity>("created_at", Column::CreatedAt),
            Sort::time::<Entity>("updated_at", Column::UpdatedAt),
            Sort::text::<Entity>("buyer_name", Column::BuyerName),
        ]
    }
}
