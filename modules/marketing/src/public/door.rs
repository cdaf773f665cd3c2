use base::{Error, PlatformTx, Result};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{Alias, Expr, ExprTrait, Query},
};

use super::visit::Visit;
use crate::form::{Column, Entity, Model};

/// The form of this key, if it takes anything: 404 when it is inactive, in the trash, or its organisation is closed.
pub async fn find(tx: &PlatformTx, key: &str) -> Result<Model> {
    let readable = key.len() <= 64 && key.bytes().all(|byte| byte.is_ascii_graphic());
    if !readable {
        return Err(Error::not_found());
    }
    let live = Entity::find()
        .filter(Column::Key.eq(key))
        .filter(Column::IsActive.eq(true))
        .filter(Column::DeletedAt.is_null());
    let form = live.one(tx.conn()).await?.ok_or_else(Error::not_found)?;
    let open = Query::select()
        .column(Alias::new("id"))
        .from(Alias::new("organisation"))
        .and_where(Expr::col(Alias::new("id")).eq(form.org_id))
        .and_where(Expr::col(Alias::new("is_active")).eq(true))
        .to_owned();
    tx.conn().query_one(&open).await?.ok_or_else(Error::not_found)?;
    Ok(form)
}

/// A browser says whose page it shows; what is no browser says nothing, and needs no protection from pages.
///
/// # Errors
/// 403 `origin_not_allowed`.
pub fn admit(form: &Model, visit: &Visit) -> Result<()> {
    match &visit.origin {
        Some(origin) if !form.allowed_origins.allow(origin) => {
            Err(Error::forbidden_because("origin_not_allowed", "Pages of this origin may not send this form."))
        }
        _ => Ok(()),
    }
}
