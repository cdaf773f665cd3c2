use base::{Resource, Result, Stamp, Tx};
use notes::tied_and;

use super::{
    row::{Arrived, Column, Entity, Model},
    view::{InboundMailView, MailAttachment},
};
use crate::mailbox;

impl Resource for Entity {
    type View = InboundMailView;
    type Beside = ();

    /// One statement more, however many they are.
    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<InboundMailView>> {
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let others = tied_and::<Entity>(tx, &ids, |asked| {
            asked
                .at::<mailbox::Entity>(Column::MailboxId)
                .at::<contacts::Entity>(Column::ContactId)
                .at::<cases::Entity>(Column::CaseId)
                .at::<events::Entity>(Column::EventId)
        });
        let mut tied = others.await?;
        let view = |row: Model| {
            let mut own = tied.remove(&row.id).unwrap_or_default();
            InboundMailView {
                stamp: Stamp::of(&row),
                mailbox: own.at("mailbox_id"),
                status: row.status,
                reason: row.reason,
                message_id: row.message_id,
                from_name: row.from_name,
                from_address: row.from_address,
                subject: row.subject,
                sent_at: row.sent_at,
                text: row.text,
                is_cut: row.is_cut,
                size: row.size,
                has_original: row.storage_key.is_some(),
                attachments: row.attachments.0.into_iter().map(MailAttachment::from).collect(),
                contact: own.at("contact_id"),
                case: own.at("case_id"),
                comment_id: row.comment_id,
                event: own.at("event_id"),
            }
        };
        Ok(rows.into_iter().map(view).collect())
    }
}

impl From<Arrived> for MailAttachment {
    fn from(arrived: Arrived) -> Self {
        let Arrived { file_name, size, attachment_id, refused } = arrived;
        Self { file_name, size, attachment_id, refused }
    }
}
