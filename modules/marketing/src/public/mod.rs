//! What anybody on the web may send, with nothing but a form's key.

mod view;
mod visit;
mod sent;
mod across;
mod spam;
mod door;
mod said;
mod take;
mod api;

pub use api::PublicFormsApi;
