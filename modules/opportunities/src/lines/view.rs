use base::{
    Ref, View,
    value::{CurrencyCode, Money, Percent, Quantity, Text, UnitCode, UnitPrice},
};
use poem_openapi::{Object, types::Example};
use uuid::Uuid;

/// A line of an opportunity.
#[derive(Clone, Debug, Object)]
pub struct OpportunityLine {
    /// `null` for free text, and when you may not see it.
    pub product: Option<Ref>,
    pub name: String,
    pub quantity: Quantity,
    pub unit: UnitCode,
    /// What one costs, without tax.
    pub unit_price: UnitPrice,
    pub discount_percent: Option<Percent>,
    pub discount_amount: Option<Money>,
    /// `quantity` times `unit_price` less the discount, rounded half up to the minor unit of the currency (to hundredths where
    /// it has thousandths).
    pub total: Money,
}

/// What an opportunity is made of.
#[derive(Clone, Debug, Object)]
pub struct OpportunityLines {
    /// The opportunity's.
    pub id: Uuid,
    /// The opportunity's.
    pub version: i64,
    pub currency: Option<String>,
    /// The sum of the lines; without any, whatever somebody says it is.
    pub amount: Option<Money>,
    /// In their order.
    pub lines: Vec<OpportunityLine>,
}

/// A line to be: of a product, or of free text with a `name` and a `unit_price`.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields)]
pub struct NewOpportunityLine {
    pub product_id: Option<Uuid>,
    /// The product's when absent.
    pub name: Option<Text<255>>,
    /// One when absent.
    pub quantity: Option<Quantity>,
    /// The product's when absent; without a product, `C62` (one).
    pub unit: Option<UnitCode>,
    /// The product's in this currency when absent.
    pub unit_price: Option<UnitPrice>,
    /// From 0 to 100. Not together with `discount_amount`.
    pub discount_percent: Option<Percent>,
    /// Off the whole line, and no more than that.
    pub discount_amount: Option<Money>,
}

/// What an opportunity is to be made of, all of it and in this order.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewOpportunityLines {
    /// Of all prices, and the opportunity's from now on. Nothing is converted.
    pub currency: CurrencyCode,
    /// None at all leaves the amount as it is, for somebody to change.
    #[oai(validator(max_items = 500))]
    pub lines: Vec<NewOpportunityLine>,
}

impl View for OpportunityLines {
    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i64 {
        self.version
    }
}

impl Example for NewOpportunityLines {
    fn example() -> Self {
        let line = |name: &str, quantity: &str, price: &str| NewOpportunityLine {
            name: Text::parse(name).ok(),
            quantity: Quantity::parse(quantity).ok(),
            unit_price: UnitPrice::parse(price).ok(),
            ..NewOpportunityLine::default()
        };
        let training =
            NewOpportunityLine { unit: UnitCode::parse("HUR").ok(), ..line("Training of drivers", "7.5", "120.00") };
        let vans = NewOpportunityLine {
            discount_percent: Percent::parse("5").ok(),
            ..line("Electric van, 3.5 t", "12", "38900.00")
        };
        Self { currency: CurrencyCode::parse("EUR").expect("a currency"), lines: vec![vans, training] }
    }
}
