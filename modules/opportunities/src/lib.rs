//! An opportunity is something that may be sold, and how far it is.

mod opportunity;
mod opportunity_contact;
mod stage;
mod forecast;
mod open;
mod closing;
mod access;
mod view;
mod examples;
mod show;
mod write;
mod check;
mod enter;
mod resource;
mod staged;
mod list;
mod lines;
mod api;
#[cfg(test)]
mod tests;

pub use api::OpportunitiesApi;
pub use closing::CloseReason;
pub use forecast::{ForecastCategory, ForecastOverride};
pub use lines::{
    LinesApi, NewOpportunityLine, NewOpportunityLines, OpportunityLineRow as OpportunityLine, lines, places, put_lines,
};
pub use open::{Open, open};
pub use opportunity::{Column, Entity, Model as Opportunity};
pub use stage::Stage;
pub use view::{LeadSource, OpportunityType};
