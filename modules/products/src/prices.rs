//! What a product costs: one price for each currency.

use std::collections::{BTreeMap, HashMap};

use base::{
    Beside, Checked, Faults, Fields, Result, Tx,
    value::{CurrencyCode, UnitPrice},
};
use poem_openapi::Object;
use rust_decimal::Decimal;
use sea_orm::{ColumnTrait, ExprTrait};
use uuid::Uuid;

use crate::{
    product,
    product_price::{Column, Entity, Model},
    view::Price,
};

/// What one costs in a currency, without tax.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
#[oai(rename = "NewProductPrice", deny_unknown_fields)]
pub struct NewPrice {
    pub currency: CurrencyCode,
    pub price: UnitPrice,
}

/// The prices of these products by their ids, each by its currency. Give only ids of products that the actor sees.
pub async fn prices(tx: &Tx, products: &[Uuid]) -> Result<HashMap<Uuid, Vec<Price>>> {
    let mut all: HashMap<Uuid, Vec<Price>> = HashMap::new();
    if products.is_empty() {
        return Ok(all);
    }
    for link in tx.links::<Entity>(Column::ProductId.is_in(products.iter().copied())).await? {
        all.entry(link.product_id).or_default().push(Price { currency: link.currency, price: link.price.into() });
    }
    for prices in all.values_mut() {
        prices.sort_by(|a, b| a.currency.cmp(&b.currency));
    }
    Ok(all)
}

/// All prices that a product is to have; `None` leaves them.
pub struct Prices(pub Option<Vec<NewPrice>>);

/// By currency.
type Each = BTreeMap<String, UnitPrice>;

/// Prices as they were and as they will be: checked, not yet kept.
#[derive(Default)]
pub struct Changes {
    was: Each,
    will: Each,
}

impl Beside<product::Entity> for Prices {
    type Checked = Changes;

    async fn check(self, tx: &Tx, product: Option<Uuid>, faults: &mut Faults) -> Result<Changes> {
        let Some(new) = self.0 else { return Ok(Changes::default()) };
        let was = match product {
            Some(id) => prices(tx, &[id]).await?.remove(&id).unwrap_or_default(),
            None => Vec::new(),
        };
        let was = was.into_iter().map(|price| (price.currency, price.price)).collect();
        let mut will = Each::new();
        for (place, NewPrice { currency, price }) in new.into_iter().enumerate() {
            if will.insert(currency.into(), price).is_some() {
                faults.add(format!("/prices/{place}/currency"), "duplicate", "There is one price for a currency.");
            }
        }
        Ok(Changes { was, will })
    }
}

impl Checked<product::Entity> for Changes {
    fn fields(&self) -> Fields {
        Fields::none().with("prices", &self.was, &self.will)
    }

    async fn keep(self, tx: &Tx, product: &product::Model) -> Result<()> {
        let Self { was, will } = self;
        let gone: Vec<&String> = was
            .iter()
            .filter(|(currency, price)| will.get(*currency) != Some(price))
            .map(|(currency, _)| currency)
            .collect();
        if !gone.is_empty() {
            tx.unlink::<Entity>(Column::ProductId.eq(product.id).and(Column::Currency.is_in(gone))).await?;
        }
        let new = will.into_iter().filter(|(currency, price)| was.get(currency) != Some(price));
        tx.link::<Entity>(new.map(|(currency, price)| Model {
            product_id: product.id,
            currency,
            price: Decimal::from(price),
            ..Model::default()
        }))
        .await
    }
}
