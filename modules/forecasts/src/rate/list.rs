use base::{Filter, Listed, Sort, value::CurrencyCode};
use chrono::NaiveDate;

use super::row::{Column, Entity};

impl Listed for Entity {
    const PATH: &'static str = "/api/exchange-rates";

    fn filters() -> Vec<Filter> {
        let own = [
            Filter::any_of::<Entity, CurrencyCode>(
                "from_currency",
                Column::FromCurrency,
                "Of any of these currencies.",
            ),
            Filter::any_of::<Entity, CurrencyCode>("to_currency", Column::ToCurrency, "In any of these currencies."),
        ];
        own.into_iter()
            .chain(Filter::range::<Entity, NaiveDate>("valid_on", Column::ValidOn, "Valid from a day"))
            .collect()
    }

    fn sorts() -> Vec<Sort> {
        vec![Sort::date::<Entity>("valid_on", Column::ValidOn), Sort::time::<Entity>("created_at", Column::CreatedAt)]
    }
}
