use base::{Error, PlatformTx, Result};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{Alias, Expr, ExprTrait, Query},
};

use super::row::{Column, Entity, Model};

/// The help centre of this key: 404 when it is closed, or its organisation is.
pub async fn find(tx: &PlatformTx, key: &str) -> Result<Model> {
    let readable = key.len() <= 64 && key.bytes().all(|byte| byte.is_ascii_graphic());
    if !readable {
        return Err(Error::not_found());
    }
    let open = Entity::find()
        .filter(Column::Key.eq(key))
        .filter(Column::IsEnabled.eq(true))
        .filter(Column::DeletedAt.is_null());
    let centre = open.one(tx.conn()).await?.ok_or_else(Error::not_found)?;
    let org = Query::select()
        .column(Alias::new("id"))
        .from(Alias::new("organisation"))
        .and_where(Expr::col(Alias::new("id")).eq(centre.org_id))
        .and_where(Expr::col(Alias::new("is_active")).eq(true))
        .to_owned();
    tx.conn().query_one(&org).await?.ok_or_else(Error::not_found)?;
    Ok(centre)
}
