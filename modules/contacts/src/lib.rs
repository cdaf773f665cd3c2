//! A contact is a person one talks to, at an account or on their own.

mod contact;
mod account_contact;
mod access;
mod view;
mod examples;
mod show;
mod write;
mod roles;
mod list;
mod api;
mod find;

pub use api::{ContactsApi, create};
pub use contact::{Column, Entity, Model as Contact};
pub use find::{find_by_email, known, names};
pub use view::Salutation;
