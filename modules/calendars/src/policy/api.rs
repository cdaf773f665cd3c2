use base::{Body, Changed, Created, Db, IfMatch, Listing, Member, Page, Result, Shown, Trashed, Verb};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use super::{
    row::Entity,
    view::{NewSlaPolicy, SlaInForce, SlaPolicyChange, SlaPolicyView},
};
use crate::{only, sla};

/// In which time an organisation promises to answer and to resolve.
pub struct SlaPoliciesApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/sla-policies")]
impl SlaPoliciesApi {
    /// List SLA policies
    ///
    /// Every member sees them.
    #[oai(path = "/", method = "get", operation_id = "list_sla_policies")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<SlaPolicyView>>> {
        self.db.list(&member, &query).await
    }

    /// Show what is promised for a new case
    ///
    /// The default policy; without one, the built-in one: a first response in 1, 4, 8 or 24 hours by priority and a resolution in
    /// 4, 24, 48 or 72, counted by the default calendar if there is one and around the clock if not.
    #[oai(path = "/in-force/", method = "get", operation_id = "show_sla_in_force")]
    async fn in_force(&self, member: Member) -> Result<Json<SlaInForce>> {
        self.db.read(&member, async |tx| sla::in_force(tx).await.map(Json)).await
    }

    /// Create an SLA policy
    ///
    /// A name that another one has, in whatever case, is a 409 `duplicate`.
    #[oai(path = "/", method = "post", operation_id = "create_sla_policy")]
    async fn create(&self, member: Member, new: Body<NewSlaPolicy>) -> Result<Created<SlaPolicyView>> {
        self.db.create::<Entity>(&member, |row| new.0.write(row)).await
    }

    /// Show an SLA policy
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_sla_policy")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<SlaPolicyView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Change an SLA policy
    ///
    /// A merge patch (RFC 7396): absent leaves, `null` clears. `targets` are replaced together.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_sla_policy")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<SlaPolicyChange>,
    ) -> Result<Changed<SlaPolicyView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| change.0.write(row)).await
    }

    /// Replace an SLA policy
    ///
    /// What the body leaves out is cleared.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_sla_policy")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewSlaPolicy>,
    ) -> Result<Changed<SlaPolicyView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| new.0.write(row)).await
    }

    /// Trash an SLA policy
    ///
    /// It is not the default any more. It can be restored.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_sla_policy")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db
            .write(&member, async |tx| {
                let row = tx.open::<Entity>(id.0, Verb::DELETE, &seen).await?;
                only::trash::<Entity>(tx, &row).await.map(|()| Trashed)
            })
            .await
    }

    /// Restore an SLA policy
    ///
    /// Out of the trash.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_sla_policy")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<SlaPolicyView>> {
        self.db.restore::<Entity>(&member, id.0).await
    }
}
