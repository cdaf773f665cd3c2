//! What a currency is worth in another from a day on, as an admin has set it. Nothing is looked up, turned round or guessed.

mod row;
mod view;
mod resource;
mod list;
mod convert;
mod api;

pub use api::RatesApi;
pub use convert::{Rates, UsedRate};
pub use row::{Column, Entity, Model as ExchangeRate};
