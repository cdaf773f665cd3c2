use base::{Filter, Listed, Sort};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    row::{Column, Entity},
    view::{MessageReason, MessageStatus},
};

impl Listed for Entity {
    const PATH: &'static str = "/api/contact-messages";

    fn filters() -> Vec<Filter> {
        let own = [
            Filter::any_of::<Entity, MessageStatus>("status", Column::Status, "In any of these statuses."),
            Filter::any_of::<Entity, MessageReason>("reason", Column::Reason, "About any of these."),
            Filter::any_of::<Entity, Uuid>("form_id", Column::FormId, "Sent by any of these forms."),
        ];
        own.into_iter().chain(Filter::range::<Entity, DateTime<Utc>>("created_at", Column::CreatedAt, "Sent")).collect()
    }

    fn sorts() -> Vec<Sort> {
        vec![Sort::time::<Entity>("created_at", Column::CreatedAt)]
    }
}
