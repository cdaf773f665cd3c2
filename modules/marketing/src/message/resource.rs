use std::collections::BTreeSet;

use base::{Faults, Ref, Resource, Result, Stamp, Tx};

use super::{
    row::{Entity, Model},
    view::{ContactMessageView, MessageStatus},
};

impl Resource for Entity {
    type View = ContactMessageView;
    type Beside = ();

    async fn check(tx: &Tx, row: &mut Model, _: Option<&Model>, _: &mut Faults) -> Result<()> {
        if row.status == MessageStatus::Replied && row.replied_at.is_none() {
            row.replied_at = Some(tx.now());
            row.replied_by = tx.actor().user();
        }
        Ok(())
    }

    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<ContactMessageView>> {
        let people = tx.people(rows.iter().filter_map(|row| row.replied_by).collect::<BTreeSet<_>>()).await?;
        let view = |row: Model| ContactMessageView {
            stamp: Stamp::of(&row),
            form_id: row.form_id,
            name: row.name,
            email: row.email,
            message: row.message,
            reason: row.reason,
            status: row.status,
            ip: row.ip,
            user_agent: row.user_agent,
            referrer: row.referrer,
            replied_by: row.replied_by.and_then(|id| Some(Ref { id, name: people.get(&id)?.name.clone() })),
            replied_at: row.replied_at,
        };
        Ok(rows.into_iter().map(view).collect())
    }
}
