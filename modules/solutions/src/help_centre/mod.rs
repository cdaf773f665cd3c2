//! Where everybody can read an organisation's published solutions, once an admin has opened it.

mod row;
mod view;
mod setting;
mod api;
mod door;
mod answer;
mod public;

pub use api::HelpCentreApi;
pub use public::PublicSolutionsApi;
pub use row::Entity;
