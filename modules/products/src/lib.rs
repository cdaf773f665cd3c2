//! A product is something that the organisation sells, again and again.

mod product;
mod product_price;
mod access;
mod view;
mod examples;
mod prices;
mod write;
mod resource;
mod list;
mod api;

pub use api::ProductsApi;
pub use prices::{NewPrice, Prices, prices};
pub use product::{Column, Entity, Model as Product};
pub use view::TaxClass;
