//! A role is a set of grants with a name, that members hold.

mod row;
mod api;
mod list;
mod view;

pub use api::Api;
pub use row::{ADMIN, ActiveModel, Column, Entity, Model, PrimaryKey, Relation, USER};
pub use view::{NewRole, RoleChange, RoleView};

use base::{Error, IfMatch, Result, Tx, Verb};
use sea_orm::ColumnTrait;
use uuid::Uuid;

/// The role, held until the transaction ends, if `tx`'s actor may give it to somebody.
///
/// # Errors
/// 422 `unknown_role`, or `not_yours` when it can do more than the actor.
pub(crate) async fn to_give(tx: &Tx, id: Uuid) -> Result<Model> {
    let unknown = |error: Error| match error.code() {
        "not_found" => Error::fault("/role_id", "unknown_role", "Not a role of the organisation."),
        _ => error,
    };
    let role = tx.open::<Entity>(id, Verb::VIEW, &IfMatch::ANY).await.map_err(unknown)?;
    if !tx.actor().grants().hold(&role.grants()?) {
        return Err(Error::fault("/role_id", "not_yours", "Nobody can give what they do not have."));
    }
    Ok(role)
}

/// The ADMIN role, held until the transaction ends: whoever takes an admin away queues here.
pub(crate) async fn admin_locked(tx: &Tx) -> Result<Model> {
    let admin = tx.find::<Entity>().filter(Column::Key.eq(ADMIN)).one().await?;
    let admin = admin.ok_or_else(|| Error::internal("an organisation without its ADMIN role"))?;
    tx.open::<Entity>(admin.id, Verb::VIEW, &IfMatch::ANY).await
}
