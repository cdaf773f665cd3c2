use base::{Body, Changed, Created, Db, IfMatch, Listed, Listing, Member, Page, Result, Shown, Trashed};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use crate::{
    case::{Entity, Model},
    family, routing,
    view::{CaseChange, CaseView, NewCase},
    write::Beside,
};

/// What customers need help with.
pub struct CasesApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/cases")]
impl CasesApi {
    /// List cases
    ///
    /// Those that you may see. `search` finds by the beginnings of words in the name, and by the number.
    #[oai(path = "/", method = "get", operation_id = "list_cases")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<CaseView>>> {
        self.db.list(&member, &query).await
    }

    /// Open a case
    ///
    /// It gets the organisation's next number. When nobody and no team is named, the routing rules say whose it is. Those to whom it
    /// is assigned get a mail.
    #[oai(path = "/", method = "post", operation_id = "create_case")]
    async fn create(&self, member: Member, new: Body<NewCase>) -> Result<Created<CaseView>> {
        self.db
            .write(&member, async |tx| {
                let row = Box::pin(routing::open(tx, None, |row| new.0.write(row))).await?;
                Ok(Created::at(Entity::PATH, tx.show::<Entity>(row).await?))
            })
            .await
    }

    /// Show a case
    #[oai(path = "/:id/", method = "get", operation_id = "show_case")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<CaseView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Change a case
    ///
    /// A merge patch (RFC 7396): absent leaves, `null` clears. A status that ends it closes this case alone, whatever is
    /// beneath it.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_case")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<CaseChange>,
    ) -> Result<Changed<CaseView>> {
        if !change.0.parent_id.is_undefined() {
            return self.rehang(&member, id.0, &seen, |row| change.0.write(row)).await;
        }
        self.db.change::<Entity>(&member, id.0, &seen, |row| change.0.write(row)).await
    }

    /// Replace a case
    ///
    /// What the body leaves out is cleared.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_case")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewCase>,
    ) -> Result<Changed<CaseView>> {
        self.rehang(&member, id.0, &seen, |row| new.0.write(row)).await
    }

    /// Trash a case
    ///
    /// It can be restored.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_case")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db.delete::<Entity>(&member, id.0, &seen).await
    }

    /// Restore a case
    ///
    /// Out of the trash.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_case")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<CaseView>> {
        self.db.restore::<Entity>(&member, id.0).await
    }
}

impl CasesApi {
    /// A change that may say another parent.
    async fn rehang(
        &self,
        member: &Member,
        id: Uuid,
        seen: &IfMatch,
        write: impl FnOnce(&mut Model) -> Beside,
    ) -> Result<Changed<CaseView>> {
        self.db
            .write(member, async |tx| {
                family::alone(tx).await?;
                let row = Box::pin(tx.amend::<Entity>(id, seen, write)).await?;
                Ok(Changed(tx.show::<Entity>(row).await?))
            })
            .await
    }
}
