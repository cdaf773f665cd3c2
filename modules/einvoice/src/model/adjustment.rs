use rust_decimal::Decimal;

use super::{Currency, Tax};

/// An allowance or a charge: which of them, the list that it stands in says. The amount is never negative.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Adjustment {
    /// BT-92, BT-99, BT-136, BT-141: without tax.
    pub amount: Decimal,
    /// BT-93, BT-100, BT-137, BT-142: of what the percentage is taken.
    pub base: Option<Decimal>,
    /// BT-94, BT-101, BT-138, BT-143: 5 is five per cent.
    pub percent: Option<Decimal>,
    /// BT-97, BT-104, BT-139, BT-144.
    pub reason: Option<String>,
    /// BT-98, BT-140 (allowances: UNTDID 5189), BT-105, BT-145 (charges: UNTDID 7161).
    pub reason_code: Option<String>,
}

impl Adjustment {
    /// A fixed amount, with its reason.
    #[must_use]
    pub fn amount(amount: Decimal, reason: impl Into<String>) -> Self {
        Self { amount, reason: Some(reason.into()), ..Self::default() }
    }

    /// So many per cent of a base, rounded half-up to the currency's minor unit; nothing where that is too large to count.
    #[must_use]
    pub fn percent(percent: Decimal, base: Decimal, currency: Currency, reason: impl Into<String>) -> Option<Self> {
        let amount = currency.round(base.checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED)?);
        Some(Self { amount, base: Some(base), percent: Some(percent), reason: Some(reason.into()), reason_code: None })
    }
}

/// BG-20, BG-21: an allowance or charge on the whole document, which belongs to one tax category and rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentAdjustment {
    pub adjustment: Adjustment,
    /// BT-95 with BT-96, BT-102 with BT-103.
    pub tax: Tax,
}
