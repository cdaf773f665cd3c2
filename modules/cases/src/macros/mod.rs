//! What is done with cases again and again, kept as steps that are done at once.

mod row;
mod action;
mod placeholder;
mod view;
mod resource;
mod list;
mod reach;
mod step;
mod run;
mod refused;
mod api;
#[cfg(test)]
mod tests;

pub use action::{MacroAction, MacroComment};
pub use api::MacrosApi;
pub use row::{Actions, Entity, MacroVisibility, Model};
