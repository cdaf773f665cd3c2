use base::{Error, PlatformTx, Result};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{Alias, Expr, ExprTrait, Query},
};

use crate::mailbox::{Column, Entity, Model, key};

/// The mailbox of this key: 404 when there is none, it is in the trash, or its organisation is closed.
pub async fn find(tx: &PlatformTx, key: &str) -> Result<Model> {
    if key.len() > 64 {
        return Err(Error::not_found());
    }
    let live = Entity::find().filter(Column::KeyHash.eq(key::hash(key))).filter(Column::DeletedAt.is_null());
    let mailbox = live.one(tx.conn()).await?.ok_or_else(Error::not_found)?;
    let open = Query::select()
        .column(Alias::new("id"))
        .from(Alias::new("organisation"))
        .and_where(Expr::col(Alias::new("id")).eq(mailbox.org_id))
        .and_where(Expr::col(Alias::new("is_active")).eq(true))
        .to_owned();
    tx.conn().query_one(&open).await?.ok_or_else(Error::not_found)?;
    Ok(mailbox)
}
