//! A team is people of an organisation who see each other's work.

pub mod team;
pub mod team_member;
mod access;
mod view;
mod roster;
mod resource;
mod circle;
mod api;
#[cfg(test)]
mod tests;

pub use api::Api;
pub use circle::{circle, holders, principals};
pub use roster::{leave, names, of as rosters};
pub use view::{NewTeam, TeamChange, TeamView};
