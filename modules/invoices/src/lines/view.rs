use base::{
    Ref, View,
    value::{Amount, CurrencyCode, Note, Percent, Quantity, Text, UnitCode, UnitPrice},
};
use poem_openapi::{Object, types::Example};
use uuid::Uuid;

use super::adjustment::AdjustmentKind;
use crate::{
    tax::{NewTax, TaxCategory, TaxView},
    view::InvoiceTotals,
};

/// A line of an invoice.
#[derive(Clone, Debug, Object)]
pub struct InvoiceLine {
    /// `null` for free text, and when you may not see it.
    pub product: Option<Ref>,
    pub name: String,
    pub description: Option<String>,
    pub quantity: Quantity,
    pub unit: UnitCode,
    /// What one costs, with tax where the invoice's prices include it.
    pub unit_price: UnitPrice,
    pub discount_percent: Option<Percent>,
    pub discount_amount: Option<Amount>,
    pub tax: TaxView,
    /// Less the discount, without tax, to the minor unit of the currency (BT-131).
    pub total: Amount,
}

/// A discount or a charge on the whole of an invoice.
#[derive(Clone, Debug, Object)]
pub struct InvoiceAdjustment {
    pub kind: AdjustmentKind,
    pub reason: String,
    /// Of the lines of its category and rate.
    pub percent: Option<Percent>,
    /// With tax where the invoice's prices include it.
    pub amount: Amount,
    pub tax: TaxView,
    /// Without tax.
    pub total: Amount,
}

/// What an invoice is made of.
#[derive(Clone, Debug, Object)]
pub struct InvoiceLines {
    /// The invoice's.
    pub id: Uuid,
    /// The invoice's.
    pub version: i64,
    pub currency: String,
    pub prices_include_tax: bool,
    /// In their order.
    pub lines: Vec<InvoiceLine>,
    /// In their order.
    pub adjustments: Vec<InvoiceAdjustment>,
    #[oai(flatten)]
    pub totals: InvoiceTotals,
}

/// A line to be: of a product, or of free text with a `name` and a `unit_price`.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields)]
pub struct NewInvoiceLine {
    pub product_id: Option<Uuid>,
    /// The product's when absent.
    pub name: Option<Text<255>>,
    pub description: Option<Note<5_000>>,
    /// One when absent.
    pub quantity: Option<Quantity>,
    /// The product's when absent; without a product, `C62` (one). Of UN/ECE Recommendations 20 and 21.
    pub unit: Option<UnitCode>,
    /// The product's in this currency when absent. That is without tax: where prices include it, give one.
    pub unit_price: Option<UnitPrice>,
    /// From 0 to 100. Not together with `discount_amount`.
    pub discount_percent: Option<Percent>,
    /// Off the whole line, and no more than that.
    pub discount_amount: Option<Amount>,
    /// By the product's tax class when absent, at the rate that the settings have for it; without a product, at the standard rate.
    /// `no_rate` where they have none.
    pub tax: Option<NewTax>,
}

/// A discount or a charge to be, on the whole of an invoice: with a `percent` or an `amount`.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct NewInvoiceAdjustment {
    pub kind: AdjustmentKind,
    /// For the buyer to read: shipping, say.
    pub reason: Text<255>,
    /// From 0 to 100, of the lines of its category and rate.
    pub percent: Option<Percent>,
    pub amount: Option<Amount>,
    /// That of the lines when absent, if all have the same. A discount on lines of several rates is one for each.
    pub tax: Option<NewTax>,
}

/// What an invoice is to be made of, all of it and in this order.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewInvoiceLines {
    /// Of all prices, and the invoice's from now on; as it is when absent. Nothing is converted.
    pub currency: Option<CurrencyCode>,
    /// The invoice's from now on; as it is when absent.
    pub prices_include_tax: Option<bool>,
    #[oai(validator(max_items = 500))]
    pub lines: Vec<NewInvoiceLine>,
    #[oai(default, validator(max_items = 50))]
    pub adjustments: Vec<NewInvoiceAdjustment>,
}

impl View for InvoiceLines {
    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i64 {
        self.version
    }
}

impl Example for NewInvoiceLines {
    fn example() -> Self {
        let tax = || {
            let percent = Percent::parse("19").ok();
            Some(NewTax { category: TaxCategory::S, percent, exemption_reason: None })
        };
        let line = |name: &str, quantity: &str, price: &str| NewInvoiceLine {
            name: Text::parse(name).ok(),
            quantity: Quantity::parse(quantity).ok(),
            unit_price: UnitPrice::parse(price).ok(),
            tax: tax(),
            ..NewInvoiceLine::default()
        };
        let vans = NewInvoiceLine {
            discount_percent: Percent::parse("5").ok(),
            ..line("Electric van, 3.5 t", "12", "38900.00")
        };
        let training =
            NewInvoiceLine { unit: UnitCode::parse("HUR").ok(), ..line("Training of drivers", "7.5", "120.00") };
        let shipping = NewInvoiceAdjustment {
            kind: AdjustmentKind::Charge,
            reason: Text::parse("Shipping").expect("a reason"),
            percent: None,
            amount: Amount::parse("450.00").ok(),
            tax: None,
        };
        Self { currency: None, prices_include_tax: None, lines: vec![vans, training], adjustments: vec![shipping] }
    }
}
