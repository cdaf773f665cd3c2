//! Somebody in an organisation: a user with a role and a profile there.

mod row;
mod api;
pub(crate) mod change;
mod farewell;
mod list;
mod view;

pub use api::Api;
pub use farewell::Farewell;
pub use row::{ActiveModel, Column, Entity, Model, PrimaryKey, Relation};
pub use view::{MemberChange, MemberView};

use base::{Result, Tx, value::Email};

/// Whether somebody with this address is in the organisation, deactivated or not.
pub(crate) async fn is_here(tx: &Tx, email: &Email) -> Result<bool> {
    let whose = list::addressed(tx.actor(), vec![email.as_str().into()]);
    let id = sea_orm::ColumnTrait::in_subquery(&Column::Id, whose);
    Ok(tx.find::<Entity>().filter(id).count(1).await? > 0)
}
