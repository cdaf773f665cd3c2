//! Recurrence is what comes again: a rule of RFC 5545, and the days on which it does by the clocks of a place.

mod rule;
mod series;
#[cfg(test)]
mod tests;

pub use rule::{End, Rule};
pub use series::Series;
