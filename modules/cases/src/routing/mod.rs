//! Who gets a new case that nobody was named for: the first rule that holds for it and has somebody to give it to.

mod rule;
mod rule_account;
mod rule_member;
mod turn;
mod view;
mod examples;
mod write;
mod accounts;
mod rota;
mod resource;
mod order;
mod list;
mod facts;
mod book;
mod staff;
mod choice;
mod open;
mod trial;
mod api;
#[cfg(test)]
mod tests;

pub use api::RoutingRulesApi;
pub use open::open;
pub use rule::{Entity, Model, RoutingStrategy};
pub use trial::Postbox;
pub use view::NewRoutingRule;
