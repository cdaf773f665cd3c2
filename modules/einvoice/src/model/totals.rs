use rust_decimal::Decimal;

use super::{Exemption, Tax};

/// BG-22, in the invoice's currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// BT-106: all lines.
    pub lines: Decimal,
    /// BT-107: all allowances on the document.
    pub allowances: Decimal,
    /// BT-108: all charges on the document.
    pub charges: Decimal,
    /// BT-109.
    pub without_tax: Decimal,
    /// BT-110.
    pub tax: Decimal,
    /// BT-112.
    pub with_tax: Decimal,
    /// BT-113: paid before.
    pub prepaid: Decimal,
    /// BT-114: added so that what is due is round.
    pub rounding: Decimal,
    /// BT-115.
    pub due: Decimal,
}

/// BG-23: one category and rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxBreakdown {
    /// BT-118 with BT-119.
    pub tax: Tax,
    /// BT-116.
    pub taxable: Decimal,
    /// BT-117.
    pub amount: Decimal,
    /// BT-120 and BT-121.
    pub exemption: Option<Exemption>,
}
