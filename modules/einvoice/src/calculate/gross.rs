//! From prices with tax to the net ones that EN 16931 wants.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Fault, Place, Reason, fault, key, sum, tax_on};
use crate::model::{Currency, Tax};

/// A line whose price includes its tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GrossLine {
    pub quantity: Decimal,
    /// For one unit, tax included.
    pub price: Decimal,
    /// Off the line, tax included.
    pub discount: Decimal,
    pub tax: Tax,
}

/// The same line without its tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetLine {
    /// BT-146: with as many decimals as it takes for quantity × price to round to the net amount.
    pub price: Decimal,
    /// BT-131.
    pub net: Decimal,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Net {
    pub lines: Vec<NetLine>,
    /// BT-114: what is still to be added, so that the amount due is to the cent what the prices promised.
    pub rounding: Decimal,
}

/// The most decimals that a net price is given.
const FINEST: u32 = 14;

/// Takes the tax out of the prices, for each category and rate as a whole, and shares the net amount among the lines.
///
/// # Errors
/// All faults at once, as [`super::calculate`].
pub fn net_of(currency: Currency, lines: &[GrossLine]) -> Result<Net, Vec<Fault>> {
    let mut faults = Vec::new();
    let gross: Vec<_> = lines.iter().enumerate().map(|(at, line)| gross(line, at, currency, &mut faults)).collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    share(currency, lines, &gross).ok_or_else(|| vec![Fault { place: Place::Document, reason: Reason::TooLarge }])
}

/// What the line costs, tax included.
fn gross(line: &GrossLine, at: usize, currency: Currency, faults: &mut Vec<Fault>) -> Decimal {
    let mut tell = |reason| faults.push(Fault { place: Place::Line(at), reason });
    if line.price < Decimal::ZERO {
        tell(Reason::NegativePrice);
    }
    if line.discount < Decimal::ZERO {
        tell(Reason::NegativeAdjustment);
    }
    if fault::is_finer(line.discount, currency) {
        tell(Reason::FinerThanTheCurrency);
    }
    let goods = line.quantity.checked_mul(line.price).map(|goods| currency.round(goods));
    let gross = goods.and_then(|goods| goods.checked_sub(line.discount));
    match gross {
        None => tell(Reason::TooLarge),
        Some(gross) if gross < Decimal::ZERO && line.quantity >= Decimal::ZERO => tell(Reason::AboveItsBase),
        Some(_) => {}
    }
    fault::rate(line.tax, Place::Line(at), faults);
    gross.unwrap_or_default()
}

fn share(currency: Currency, lines: &[GrossLine], gross: &[Decimal]) -> Option<Net> {
    let mut parts: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        parts.entry(key(line.tax)).or_default().push(at);
    }
    let mut nets = vec![Decimal::ZERO; lines.len()];
    let mut with_tax = Decimal::ZERO;
    for members in parts.values() {
        let tax = lines[*members.first()?].tax;
        let net = currency.round(without(sum(members.iter().map(|at| gross[*at]))?, tax)?);
        with_tax = with_tax.checked_add(net)?.checked_add(tax_on(net, tax, currency)?)?;
        for (at, share) in largest_remainders(currency, net, tax, members, gross)? {
            nets[at] = share;
        }
    }
    let rounding = sum(gross.iter().copied())?.checked_sub(with_tax)?;
    let lines = lines
        .iter()
        .zip(nets)
        .map(|(line, net)| Some(NetLine { price: price(line, net, currency)?, net }))
        .collect::<Option<_>>()?;
    Some(Net { lines, rounding })
}

/// Each line rounded down, and what is left given a minor unit each to those that lost most.
fn largest_remainders(
    currency: Currency,
    net: Decimal,
    tax: Tax,
    members: &[usize],
    gross: &[Decimal],
) -> Option<Vec<(usize, Decimal)>> {
    let unit = Decimal::new(1, currency.places());
    let mut shares = members
        .iter()
        .map(|at| {
            let exact = without(gross[*at], tax)?;
            let down = exact.round_dp_with_strategy(currency.places(), RoundingStrategy::ToNegativeInfinity);
            Some((*at, down, exact.checked_sub(down)?))
        })
        .collect::<Option<Vec<_>>>()?;
    shares.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)));
    let mut left = net.checked_sub(sum(shares.iter().map(|share| share.1))?)?;
    for share in &mut shares {
        if left < unit {
            break;
        }
        share.1 += unit;
        left -= unit;
    }
    Some(shares.into_iter().map(|(at, share, _)| (at, share)).collect())
}

fn without(gross: Decimal, tax: Tax) -> Option<Decimal> {
    gross.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(Decimal::ONE_HUNDRED.checked_add(tax.rate())?)
}

/// The shortest net price whose line rounds to the net amount.
fn price(line: &GrossLine, net: Decimal, currency: Currency) -> Option<Decimal> {
    if line.quantity.is_zero() {
        return Some(without(line.price, line.tax)?.round_dp(FINEST));
    }
    let exact = net.checked_div(line.quantity)?;
    (currency.places()..=FINEST)
        .map(|places| exact.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
        .find(|price| line.quantity.checked_mul(*price).map(|goods| currency.round(goods)) == Some(net))
}
