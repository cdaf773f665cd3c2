use base::{Error, PlatformTx, Result};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{Alias, Expr, ExprTrait, Query},
};

use super::survey::{Column, Entity, Model, hash};

/// The question of this token: 404 when there is none, or its organisation is closed.
pub async fn find(tx: &PlatformTx, token: &str) -> Result<Model> {
    let live = Entity::find().filter(Column::TokenHash.eq(hash(token))).filter(Column::DeletedAt.is_null());
    let survey = live.one(tx.conn()).await?.ok_or_else(Error::not_found)?;
    let org = Query::select()
        .column(Alias::new("id"))
        .from(Alias::new("organisation"))
        .and_where(Expr::col(Alias::new("id")).eq(survey.org_id))
        .and_where(Expr::col(Alias::new("is_active")).eq(true))
        .to_owned();
    tx.conn().query_one(&org).await?.ok_or_else(Error::not_found)?;
    Ok(survey)
}
