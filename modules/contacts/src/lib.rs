//! A contact is a person one talks to, at an account or on their own.

mod contact;
mod account_contact;
mod access;
mod view;
mod examples;
mod show;
mod write;
mod roles;
mod resource;
mod list;
mod api;
mod find;
mod linked;

pub use api::ContactsApi;
pub use contact::{Column, Entity, Model as Contact};
pub use find::{find_by_email, names};
pub use linked::{ContactLink, People, linked};
pub use roles::Accounts;
pub use view::Salutation;
