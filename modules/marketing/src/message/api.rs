use std::collections::BTreeSet;

use base::{Body, Changed, Db, Fields, IfMatch, Listing, Member, Page, Ref, Result, Shown, Stamp, Trashed, Tx, Verb};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use super::{
    row::{Entity, Model},
    view::{ContactMessageChange, ContactMessageView, MessageStatus},
};

/// Messages that came through an organisation's websites.
pub struct ContactMessagesApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/contact-messages")]
impl ContactMessagesApi {
    /// List messages
    ///
    /// For those who have the grant to view them in the whole organisation.
    #[oai(path = "/", method = "get", operation_id = "list_contact_messages")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<ContactMessageView>>> {
        self.db
            .read(&member, async |tx| {
                let page = tx.page(&query).await?;
                Ok(Json(page.show_with(async |rows| show(tx, rows).await).await?))
            })
            .await
    }

    /// Show a message
    ///
    /// With its `ETag`. That alone does not make it `read`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_contact_message")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<ContactMessageView>> {
        self.db
            .read(&member, async |tx| {
                let row = tx.get::<Entity>(id.0).await?;
                Ok(Shown(show_one(tx, row).await?))
            })
            .await
    }

    /// Change a message's status
    ///
    /// `replied` notes who said so and when.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_contact_message")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<ContactMessageChange>,
    ) -> Result<Changed<ContactMessageView>> {
        self.db
            .write(&member, async |tx| {
                let before = tx.open::<Entity>(id.0, Verb::CHANGE, &seen).await?;
                let mut after = Model { status: change.0.status, ..before.clone() };
                if after.status == MessageStatus::Replied && after.replied_at.is_none() {
                    after.replied_at = Some(tx.now());
                    after.replied_by = tx.actor().user();
                }
                let row = tx.update::<Entity>(&before, after, Fields::none()).await?;
                Ok(Changed(show_one(tx, row).await?))
            })
            .await
    }

    /// Trash a message
    ///
    /// It can be restored.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_contact_message")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db
            .write(&member, async |tx| {
                let row = tx.open::<Entity>(id.0, Verb::DELETE, &seen).await?;
                tx.trash::<Entity>(&row).await?;
                Ok(Trashed)
            })
            .await
    }

    /// Restore a message
    ///
    /// Out of the trash.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_contact_message")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<ContactMessageView>> {
        self.db
            .write(&member, async |tx| {
                let row = tx.open_trashed::<Entity>(id.0, Verb::DELETE).await?;
                let row = tx.restore::<Entity>(&row).await?;
                Ok(Changed(show_one(tx, row).await?))
            })
            .await
    }
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

async fn show_one(tx: &Tx, row: Model) -> Result<ContactMessageView> {
    let shown = show(tx, vec![row]).await?.pop();
    shown.ok_or_else(base::Error::not_found)
}
