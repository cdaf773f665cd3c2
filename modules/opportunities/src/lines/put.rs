//! All lines of an opportunity put in the place of those that it had.

use std::collections::{HashMap, HashSet};

use base::{
    Faults, Fields, IfMatch, Resource, Result, Row, Tx, Verb,
    value::{Percent, UnitCode},
};
use rust_decimal::Decimal;
use sea_orm::ColumnTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    row::{Column, Entity as Line, Model},
    show,
    sum::{Discount, line_total, places},
    view::{NewOpportunityLine, NewOpportunityLines},
};
use crate::opportunity::{Entity, Model as Opportunity};

/// # Errors
/// 404, 403 and 412 as for any change of the opportunity; 422 for lines that do not hold.
pub async fn put(tx: &Tx, id: Uuid, seen: &IfMatch, new: NewOpportunityLines) -> Result<Opportunity> {
    let before = tx.open::<Entity>(id, Verb::CHANGE, seen).await?;
    let was = show::lines(tx, id).await?;
    let mut faults = Faults::new();
    let will = Desk::new(tx, &new, &was).await?.lines(id, new.lines, &mut faults);
    let mut after = before.clone();
    after.currency = Some(new.currency.into());
    after.line_count = i32::try_from(will.len()).unwrap_or(i32::MAX);
    if !will.is_empty() {
        let amount: Decimal = will.iter().map(|line| line.total).sum();
        if amount >= Decimal::from(10_000_000_000_000_u64) {
            faults.add("/lines", "out_of_range", "Together they come to more than an amount holds.");
        }
        after.amount = Some(amount);
    }
    faults.check()?;
    let fields = Fields::none().with("lines", logged(&was), logged(&will));
    let changed = !fields.is_empty();
    let row = tx.update::<Entity>(&before, after, fields).await?;
    if changed {
        tx.unlink::<Line>(Column::OpportunityId.eq(id)).await?;
        tx.link::<Line>(will).await?;
    }
    Entity::follow(tx, Some(&before), &row).await?;
    Ok(row)
}

/// Lines as the change log tells of them.
fn logged(lines: &[Model]) -> Value {
    let line = |line: &Model| {
        let text = |number: Option<Decimal>| number.map(|number| number.normalize().to_string());
        json!({
            "product_id": line.product_id, "name": line.name, "quantity": text(Some(line.quantity)), "unit": line.unit,
            "unit_price": text(Some(line.unit_price)), "discount_percent": text(line.discount_percent),
            "discount_amount": text(line.discount_amount), "total": text(Some(line.total)),
        })
    };
    lines.iter().map(line).collect()
}

/// What has to be known to write lines down.
struct Desk {
    products: HashMap<Uuid, products::Product>,
    /// In the currency of the lines.
    prices: HashMap<Uuid, Decimal>,
    /// Products that the lines had before: they may have gone since.
    had: HashSet<Uuid>,
    places: u32,
}

impl Desk {
    async fn new(tx: &Tx, new: &NewOpportunityLines, was: &[Model]) -> Result<Self> {
        let ids: HashSet<Uuid> = new.lines.iter().filter_map(|line| line.product_id).collect();
        let products = tx.find::<products::Entity>().ids(ids).await?;
        let ids: Vec<Uuid> = products.iter().map(Row::id).collect();
        let mut prices = HashMap::new();
        for (id, all) in products::prices(tx, &ids).await? {
            let ours = all.into_iter().find(|price| price.currency == new.currency.as_str());
            prices.extend(ours.map(|price| (id, price.price.into_inner())));
        }
        Ok(Self {
            products: products.into_iter().map(|product| (product.id, product)).collect(),
            prices,
            had: was.iter().filter_map(|line| line.product_id).collect(),
            places: places(new.currency),
        })
    }

    fn lines(&self, opportunity_id: Uuid, new: Vec<NewOpportunityLine>, faults: &mut Faults) -> Vec<Model> {
        let mut lines = Vec::with_capacity(new.len());
        for (place, line) in new.into_iter().enumerate() {
            let position = i32::try_from(place).unwrap_or(i32::MAX);
            let mut fault = |member: &str, code: &str, detail: &str| {
                faults.add(format!("/lines/{place}{member}"), code, detail);
            };
            lines.extend(self.line(line, &mut fault).map(|line| Model { opportunity_id, position, ..line }));
        }
        lines
    }

    fn line(&self, new: NewOpportunityLine, fault: &mut impl FnMut(&str, &str, &str)) -> Option<Model> {
        let product = new.product_id.and_then(|id| self.products.get(&id));
        if new.product_id.is_some_and(|id| product.is_none() && !self.had.contains(&id)) {
            fault("/product_id", "unknown_reference", "There is no such product.");
            return None;
        }
        let name = new.name.map(String::from).or_else(|| product.map(|product| product.name.clone()));
        if name.is_none() {
            fault("/name", "required", "A line without a product says what it is.");
        }
        let price = new.unit_price.map(Decimal::from);
        let price = price.or_else(|| product.and_then(|product| self.prices.get(&product.id).copied()));
        match (price, product) {
            (None, Some(_)) => fault("/unit_price", "no_price", "The product has no price in this currency: give one."),
            (None, None) => fault("/unit_price", "required", "A line without a product says what one costs."),
            _ => {}
        }
        let discount = discount(new.discount_percent, new.discount_amount.map(Decimal::from), fault)?;
        let (name, unit_price) = name.zip(price)?;
        let quantity = new.quantity.map_or(Decimal::ONE, Decimal::from);
        let Some(total) = line_total(quantity, unit_price, discount, self.places) else {
            match discount {
                Discount::Amount(_) if line_total(quantity, unit_price, Discount::None, self.places).is_some() => {
                    fault("/discount_amount", "out_of_range", "More than the line comes to.");
                }
                _ => fault("", "out_of_range", "It comes to more than an amount holds."),
            }
            return None;
        };
        let unit = new.unit.map(String::from).or_else(|| product.map(|product| product.unit.clone()));
        Some(Model {
            product_id: new.product_id,
            name,
            quantity,
            unit: unit.unwrap_or_else(|| UnitCode::one().into()),
            unit_price,
            discount_percent: new.discount_percent.map(Decimal::from),
            discount_amount: new.discount_amount.map(Decimal::from),
            total,
            ..Model::default()
        })
    }
}

fn discount(
    percent: Option<Percent>,
    amount: Option<Decimal>,
    fault: &mut impl FnMut(&str, &str, &str),
) -> Option<Discount> {
    match (percent.map(Decimal::from), amount) {
        (None, None) => Some(Discount::None),
        (None, Some(amount)) => Some(Discount::Amount(amount)),
        (Some(percent), None) if percent <= Decimal::ONE_HUNDRED => Some(Discount::Percent(percent)),
        (Some(_), None) => {
            fault("/discount_percent", "out_of_range", "From 0 to 100 per cent.");
            None
        }
        (Some(_), Some(_)) => {
            fault("/discount_amount", "one_of_two", "Give either discount_percent or discount_amount.");
            None
        }
    }
}
