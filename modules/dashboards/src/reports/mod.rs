//! What was, counted: by period, and by whom or what, of what somebody may see.

mod period;
mod ask;
mod by;
mod lines;
mod answer;
mod leads;
mod sales;
mod cases;
mod backlog;
mod activity;
mod api;
#[cfg(test)]
mod tests;

pub use api::ReportsApi;

use base::value::Share;
use rust_decimal::{Decimal, RoundingStrategy};

/// In per cent, cut after two places; `None` of nothing.
fn percent(part: u64, of: u64) -> Option<Share> {
    let share = (Decimal::from(part) * Decimal::ONE_HUNDRED).checked_div(of.into())?;
    Some(share.round_dp_with_strategy(2, RoundingStrategy::ToZero).into())
}
