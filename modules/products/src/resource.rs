use base::{Resource, Result, Stamp, Tx, value::UnitCode};

use crate::{
    prices::{Prices, prices},
    product::{Entity, Model},
    view::ProductView,
};

impl Resource for Entity {
    type View = ProductView;
    type Beside = Prices;

    fn blank() -> Model {
        Model { unit: UnitCode::one().into(), ..Model::default() }
    }

    /// One more statement, however many they are.
    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<ProductView>> {
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let mut prices = prices(tx, &ids).await?;
        let view = |row: Model| ProductView {
            stamp: Stamp::of(&row),
            prices: prices.remove(&row.id).unwrap_or_default(),
            name: row.name,
            sku: row.sku,
            category: row.category,
            unit: UnitCode::parse(&row.unit).unwrap_or_else(|_| UnitCode::one()),
            tax_class: row.tax_class,
            description: row.description,
            is_active: row.is_active,
        };
        Ok(rows.into_iter().map(view).collect())
    }
}
