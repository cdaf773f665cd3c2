use async_trait::async_trait;
use base::{Result, Tx};
use cases::Postbox;
use sea_orm::ColumnTrait;
use uuid::Uuid;

use crate::inbox::{Column, Entity};

/// Knows by what mail a case was opened.
pub struct Senders;

#[async_trait]
impl Postbox for Senders {
    async fn sender(&self, tx: &Tx, case: Uuid) -> Result<Option<String>> {
        let opened = tx.find::<Entity>().filter(Column::CaseId.eq(case)).filter(Column::CommentId.is_null());
        Ok(opened.first_by(Column::CreatedAt, 1).await?.pop().and_then(|mail| mail.from_address))
    }
}
