//! The bodies that the document shows.

use base::value::{Change, CurrencyCode, Text, UnitCode, UnitPrice};
use poem_openapi::types::Example;

use crate::{
    prices::NewPrice,
    view::{NewProduct, ProductChange, TaxClass},
};

fn price(currency: &str, price: &str) -> NewPrice {
    NewPrice {
        currency: CurrencyCode::parse(currency).expect("a currency"),
        price: UnitPrice::parse(price).expect("a price"),
    }
}

impl Example for NewProduct {
    fn example() -> Self {
        Self {
            name: Text::parse("Electric van, 3.5 t").expect("a name"),
            sku: None,
            prices: vec![price("EUR", "38900.00"), price("GBP", "33750.00")],
            category: Text::parse("Vehicles").ok(),
            unit: UnitCode::one(),
            tax_class: TaxClass::Standard,
            description: None,
            is_active: true,
        }
    }
}

impl Example for ProductChange {
    fn example() -> Self {
        Self { prices: Change::To(vec![price("EUR", "37900.00")]), ..Self::default() }
    }
}
