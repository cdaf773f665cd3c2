use base::{Filter, Listed, Sort};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::row::{Column, Entity};
use crate::reason::{MailStatus, Reason};

impl Listed for Entity {
    const PATH: &'static str = "/api/mail/inbound";

    fn filters() -> Vec<Filter> {
        let own = [
            Filter::any_of::<Self, MailStatus>("status", Column::Status, "Stored, or refused."),
            Filter::any_of::<Self, Reason>("reason", Column::Reason, "Refused for any of these reasons."),
            Filter::any_of::<Self, Uuid>("mailbox_id", Column::MailboxId, "That came into any of these mailboxes."),
            Filter::any_of::<Self, Uuid>("case_id", Column::CaseId, "That opened or continued any of these cases."),
            Filter::any_of::<Self, Uuid>(
                "event_id",
                Column::EventId,
                "That answered an invitation to any of these events.",
            ),
            Filter::any_of::<Self, Uuid>("contact_id", Column::ContactId, "From any of these contacts."),
            Filter::lower::<Self>("from_address", "from_address_lower", "From this address, whatever its case."),
        ];
        own.into_iter()
            .chain(Filter::range::<Self, DateTime<Utc>>("created_at", Column::CreatedAt, "Came in"))
            .collect()
    }

    fn sorts() -> Vec<Sort> {
        vec![Sort::time::<Self>("created_at", Column::CreatedAt)]
    }
}
