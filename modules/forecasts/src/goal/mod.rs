//! A goal is what a member, a team or the whole organisation is to sell in a time.

mod row;
mod period;
mod view;
mod examples;
mod write;
mod resource;
mod list;
mod achieved;
mod status;
mod show;
mod current;
mod leaderboard;
mod api;
#[cfg(test)]
mod tests;

pub use api::GoalsApi;
pub use current::current;
pub use period::GoalPeriod;
pub use row::{Column, Entity, Model as Goal};
pub(crate) use show::share;
pub use status::GoalStatus;
pub use view::{GoalMetric, GoalProgress, GoalView};
