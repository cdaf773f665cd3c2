//! Bodies made into lines, with what they leave to the product and to the settings.

use std::collections::{HashMap, HashSet};

use base::{
    Faults, Result, Row, Tx,
    value::{Percent, UnitCode},
};
use products::TaxClass;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{row::Model as LineRow, view::NewInvoiceLine};
use crate::{
    invoice::Model as Invoice,
    settings::{self, Model as Settings},
    tax::{TaxCategory, Taxed},
};

/// What has to be known to write lines down.
pub struct Desk {
    products: HashMap<Uuid, products::Product>,
    /// In the currency of the lines, where these have prices without tax.
    prices: HashMap<Uuid, Decimal>,
    /// Products that the lines had before: they may have gone since.
    had: HashSet<Uuid>,
    settings: Settings,
}

impl Desk {
    pub async fn new(tx: &Tx, new: &[NewInvoiceLine], invoice: &Invoice, was: &[LineRow]) -> Result<Self> {
        let ids: HashSet<Uuid> = new.iter().filter_map(|line| line.product_id).collect();
        let products = tx.find::<products::Entity>().ids(ids).await?;
        let ids: Vec<Uuid> = products.iter().map(Row::id).collect();
        let mut prices = HashMap::new();
        for (id, all) in products::prices(tx, &ids).await? {
            // They are without tax.
            let ours = all.into_iter().find(|price| price.currency == invoice.currency && !invoice.prices_include_tax);
            prices.extend(ours.map(|price| (id, price.price.into_inner())));
        }
        Ok(Self {
            products: products.into_iter().map(|product| (product.id, product)).collect(),
            prices,
            had: was.iter().filter_map(|line| line.product_id).collect(),
            settings: settings::current(tx).await?,
        })
    }

    pub fn lines(&self, invoice_id: Uuid, new: Vec<NewInvoiceLine>, faults: &mut Faults) -> Vec<LineRow> {
        let mut lines = Vec::with_capacity(new.len());
        for (place, line) in new.into_iter().enumerate() {
            let position = i32::try_from(place).unwrap_or(i32::MAX);
            let mut fault = |member: &str, code: &str, detail: &str| {
                faults.add(format!("/lines/{place}{member}"), code, detail);
            };
            lines.extend(self.line(line, &mut fault).map(|line| LineRow { invoice_id, position, ..line }));
        }
        lines
    }

    fn line(&self, new: NewInvoiceLine, fault: &mut impl FnMut(&str, &str, &str)) -> Option<LineRow> {
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
            (None, Some(_)) => {
                fault("/unit_price", "no_price", "The product has no such price in this currency: give one.");
            }
            (None, None) => fault("/unit_price", "required", "A line without a product says what one costs."),
            _ => {}
        }
        let unit = new.unit.map(String::from).or_else(|| product.map(|product| product.unit.clone()));
        let unit = unit.unwrap_or_else(|| UnitCode::one().into());
        if !einvoice::is_unit(&unit) {
            fault("/unit", "unknown_unit", "UN/ECE Recommendations 20 and 21 have no such unit.");
        }
        let discount_percent = new.discount_percent.and_then(|percent| within(percent, "/discount_percent", fault));
        if new.discount_percent.is_some() && new.discount_amount.is_some() {
            fault("/discount_amount", "one_of_two", "Give either discount_percent or discount_amount.");
        }
        let tax = match new.tax {
            Some(tax) => tax.taken(fault)?,
            None => self.usual(product.map_or(TaxClass::Standard, |product| product.tax_class), fault)?,
        };
        Some(LineRow {
            product_id: new.product_id,
            name: name?,
            description: new.description.map(Into::into),
            quantity: new.quantity.map_or(Decimal::ONE, Decimal::from),
            unit,
            unit_price: price?,
            discount_percent,
            discount_amount: new.discount_amount.map(Decimal::from),
            tax_category: tax.category,
            tax_percent: tax.percent,
            exemption_reason: tax.exemption_reason,
            ..LineRow::default()
        })
    }

    /// At the rate that the settings have.
    fn usual(&self, class: TaxClass, fault: &mut impl FnMut(&str, &str, &str)) -> Option<Taxed> {
        let (rate, missing) = match class {
            TaxClass::Standard => (
                self.settings.standard_rate,
                "The invoice settings have no standard rate: set it, or say how the line is taxed.",
            ),
            TaxClass::Reduced => (
                self.settings.reduced_rate,
                "The invoice settings have no reduced rate: set it, or say how the line is taxed.",
            ),
            TaxClass::Zero => return Some(Taxed::without(TaxCategory::Z)),
            TaxClass::Exempt => return Some(Taxed::without(TaxCategory::E)),
            TaxClass::ReverseCharge => return Some(Taxed::without(TaxCategory::Ae)),
            TaxClass::IntraCommunity => return Some(Taxed::without(TaxCategory::K)),
            TaxClass::Export => return Some(Taxed::without(TaxCategory::G)),
            TaxClass::OutsideScope => return Some(Taxed::without(TaxCategory::O)),
        };
        if rate.is_none() {
            fault("/tax", "no_rate", missing);
        }
        rate.map(Taxed::standard)
    }
}

/// At most all of it.
pub fn within(percent: Percent, at: &str, fault: &mut impl FnMut(&str, &str, &str)) -> Option<Decimal> {
    let percent = Decimal::from(percent);
    if percent > Decimal::ONE_HUNDRED {
        fault(at, "out_of_range", "From 0 to 100 per cent.");
        return None;
    }
    Some(percent)
}
