use async_trait::async_trait;
use base::{Result, Tx};
use events::AnswerDesk;
use sea_orm::ColumnTrait;

use crate::mailbox::{Column, Entity};

/// Knows the mailbox to which calendars send what they answer to invitations.
pub struct Answers;

#[async_trait]
impl AnswerDesk for Answers {
    async fn address(&self, tx: &Tx) -> Result<Option<String>> {
        let open = tx.find::<Entity>().filter(Column::TakesAnswers.eq(true)).filter(Column::IsActive.eq(true));
        let first = open.first_by(Column::CreatedAt, 1).await?.pop();
        Ok(first.map(|mailbox| mailbox.address))
    }
}
