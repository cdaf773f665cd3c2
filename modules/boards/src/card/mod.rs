mod row;
mod view;
mod examples;
mod write;
mod about;
mod place;
mod moved;
mod resource;
mod show;
mod list;
mod api;

pub use api::CardsApi;
pub use row::{Column, Entity, Model};
pub use view::{CardPriority, CardView};
