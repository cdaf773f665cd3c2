//! What an opportunity is made of, line by line.

mod row;
mod sum;
mod view;
mod put;
mod show;
mod api;
#[cfg(test)]
mod tests;

pub use api::LinesApi;
pub use put::put as put_lines;
pub use row::Model as OpportunityLineRow;
pub use show::lines;
pub use sum::places;
pub use view::{NewOpportunityLine, NewOpportunityLines};

use base::Faults;

use crate::opportunity::Model;

/// While there are lines they make the amount, and their prices are in its currency.
pub fn check(row: &Model, before: Option<&Model>, faults: &mut Faults) {
    let Some(before) = before.filter(|_| row.line_count > 0) else { return };
    if before.amount != row.amount {
        faults.add("/amount", "made_by_lines", "The lines make the amount: change them instead.");
    }
    if before.currency != row.currency {
        faults.add("/currency", "made_by_lines", "The lines have prices in this currency: put them in the other one.");
    }
}
