use base::{
    Filter, Listed, Sort,
    list::link,
    value::{CurrencyCode, Text},
};
use chrono::{DateTime, Utc};

use crate::{
    product::{Column, Entity},
    view::TaxClass,
};

impl Listed for Entity {
    const PATH: &'static str = "/api/products";
    const SEARCHED: bool = true;

    fn filters() -> Vec<Filter> {
        let sold = |actor: &base::Actor, currencies| link("product_price", "currency", "product_id", actor, currencies);
        let own = [
            Filter::lower::<Entity>("sku", "sku_lower", "With any of these stock keeping units, whatever the case."),
            Filter::any_of::<Entity, Text<100>>(
                "category",
                Column::Category,
                "In any of these categories, as they are written.",
            ),
            Filter::linked::<Entity, CurrencyCode>("currency", "With a price in any of these currencies.", sold),
            Filter::any_of::<Entity, TaxClass>("tax_class", Column::TaxClass, "Of any of these tax classes."),
            Filter::is::<Entity, bool>("is_active", Column::IsActive, "Whether it is offered."),
        ];
        own.into_iter()
            .chain(Filter::range::<Entity, DateTime<Utc>>("created_at", Column::CreatedAt, "Created"))
            .chain(Filter::range::<Entity, DateTime<Utc>>("updated_at", Column::UpdatedAt, "Last changed"))
            .collect()
    }

    fn sorts() -> Vec<Sort> {
        vec![
            Sort::time::<Entity>("created_at", Column::CreatedAt),
            Sort::time::<Entity>("updated_at", Column::UpdatedAt),
            Sort::text::<Entity>("name", Column::Name),
        ]
    }
}
