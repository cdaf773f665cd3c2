use rust_decimal::Decimal;

use super::{Adjustment, Country, Identifier, Period, Schemed, Tax};

/// BG-25.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// BT-126.
    pub id: String,
    /// BT-127.
    pub note: Option<String>,
    /// BT-128, with its scheme (UNTDID 1153).
    pub object: Option<Identifier>,
    /// BT-129. Negative in a line that takes something back.
    pub quantity: Decimal,
    /// BT-130: UN/ECE Recommendation 20, or 21 with an `X` before it. `C62` is one piece, `HUR` an hour.
    pub unit: String,
    /// BT-131: quantity × net price − allowances + charges, to the minor unit. Nought until calculated.
    pub net: Decimal,
    /// BT-132: the line of the order.
    pub order_line: Option<String>,
    /// BT-133.
    pub buyer_accounting: Option<String>,
    /// BG-26.
    pub period: Option<Period>,
    /// BG-27.
    pub allowances: Vec<Adjustment>,
    /// BG-28.
    pub charges: Vec<Adjustment>,
    /// BG-29.
    pub price: Price,
    /// BG-30.
    pub tax: Tax,
    /// BG-31.
    pub item: Item,
}

impl Line {
    #[must_use]
    pub fn new(
        id: impl Into<String>,
        item: impl Into<String>,
        quantity: Decimal,
        unit: impl Into<String>,
        net_price: Decimal,
        tax: Tax,
    ) -> Self {
        Self {
            id: id.into(),
            note: None,
            object: None,
            quantity,
            unit: unit.into(),
            net: Decimal::ZERO,
            order_line: None,
            buyer_accounting: None,
            period: None,
            allowances: Vec::new(),
            charges: Vec::new(),
            price: Price { net: net_price, gross: None, base: None },
            tax,
            item: Item { name: item.into(), ..Item::default() },
        }
    }
}

/// BG-29.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Price {
    /// BT-146: for one unit, or for the base quantity; without tax, after the discount; with as many decimals as it takes.
    pub net: Decimal,
    pub gross: Option<Gross>,
    pub base: Option<BaseQuantity>,
}

/// The price before its discount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gross {
    /// BT-148: without tax.
    pub price: Decimal,
    /// BT-147: nought where there is none.
    pub discount: Decimal,
}

/// BT-149 with BT-150: how many units the price is for; one where it is not said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseQuantity {
    pub quantity: Decimal,
    pub unit: Option<String>,
}

/// BG-31.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// BT-153.
    pub name: String,
    /// BT-154.
    pub description: Option<String>,
    /// BT-155.
    pub seller_id: Option<String>,
    /// BT-156.
    pub buyer_id: Option<String>,
    /// BT-157, by an ISO 6523 scheme: `0160` is a GTIN.
    pub standard_id: Option<Schemed>,
    /// BT-158.
    pub classifications: Vec<Classification>,
    /// BT-159.
    pub origin: Option<Country>,
    /// BG-32: name (BT-160) and value (BT-161).
    pub attributes: Vec<(String, String)>,
}

/// BT-158.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Classification {
    /// BT-158-1: UNTDID 7143, such as `STI` for UNSPSC.
    pub scheme: String,
    /// BT-158-2.
    pub version: Option<String>,
    pub code: String,
}
