//! Asking somebody by e-mail to join, in a role.

mod row;
mod token;
mod courier;
mod api;
mod accept;
mod invite;
mod list;
mod view;

pub use api::Api;
pub use courier::{Couriers, Invited};
pub(crate) use invite::waits_for;
pub use row::{ActiveModel, Column, Entity, Model, PrimaryKey, Relation};
pub use view::{Acceptance, InvitationView, NewInvitation};
