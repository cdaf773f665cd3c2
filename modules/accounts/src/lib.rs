//! An account is a company or a household that one does business with, or hopes to.

mod account;
mod access;
mod address;
mod view;
mod show;
mod write;
mod resource;
mod list;
mod api;
mod find;

pub use account::{Column, Entity, Model as Account};
pub use address::Address;
pub use api::AccountsApi;
pub use find::{find_by_name, names};
pub use view::Rating;
