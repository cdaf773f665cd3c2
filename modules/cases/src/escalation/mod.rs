//! What an organisation does when a promise is at risk or broken.

mod rule;
mod notified;
mod view;
mod resource;
mod list;
mod api;
mod escalate;

pub use api::EscalationRulesApi;
pub use escalate::escalate;
pub use rule::{Entity, Model};
