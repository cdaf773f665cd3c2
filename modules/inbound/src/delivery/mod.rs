//! Mail as servers deliver it: without a login, by a mailbox's key.

mod body;
mod door;
mod room;
mod keep;
mod record;
mod api;

pub use api::DeliveryApi;
#[cfg(test)]
pub(crate) use api::STACK;
