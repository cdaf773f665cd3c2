use std::{collections::BTreeMap, sync::Arc};

use base::{
    Body, Changed, Created, Db, Error, Fields, IfMatch, Listing, Member, Page, Result, Scope, Shown, Trashed, Tx, Verb,
    access,
};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::{
    Entity, Model,
    view::{NewRole, RoleChange, RoleView},
};
use crate::{Catalogue, Tag, invitation, member};

/// Under `/api/roles/` and `/api/grants/`.
pub struct Api {
    db: Db,
    catalogue: Arc<Catalogue>,
}

impl Api {
    #[must_use]
    pub fn new(db: Db, catalogue: Catalogue) -> Self {
        Self { db, catalogue: catalogue.into() }
    }
}

#[OpenApi(prefix_path = "/api", tag = "Tag::Roles")]
impl Api {
    /// List what can be granted
    ///
    /// Every object with its verbs: a role's grants are named `object.verb`.
    #[oai(path = "/grants/", method = "get", operation_id = "list_grants")]
    #[expect(clippy::unused_async, reason = "poem-openapi has no other handlers")]
    async fn grants(&self, _member: Member) -> Result<Json<BTreeMap<String, Vec<String>>>> {
        Ok(Json(self.catalogue.objects().clone()))
    }

    /// List the roles
    ///
    /// Every member sees them, the built-in two among them.
    #[oai(path = "/roles/", method = "get", operation_id = "list_roles")]
    async fn list(&self, member: Member, listing: Listing<Entity>) -> Result<Json<Page<RoleView>>> {
        self.db
            .read(&member, async |tx| {
                let mut page = tx.page(&listing).await?;
                let views =
                    std::mem::take(&mut page.rows).into_iter().map(RoleView::try_from).collect::<Result<_>>()?;
                Ok(Json(page.show(|_| views)))
            })
            .await
    }

    /// Create a role
    ///
    /// Nobody can give what they do not have: a grant wider than one's own is a 422 `not_yours`.
    #[oai(path = "/roles/", method = "post", operation_id = "create_role")]
    async fn create(&self, member: Member, new: Body<NewRole>) -> Result<Created<RoleView>> {
        self.db
            .write(&member, async |tx| {
                access::scope::<Entity>(tx.actor(), Verb::CREATE).ok_or_else(Error::forbidden)?;
                self.catalogue.check(&new.0.grants, tx.actor().grants())?;
                let mut role = Model::default();
                new.0.clone().write(&mut role);
                let role = tx.insert::<Entity>(role, Fields::none()).await?;
                Ok(Created::at("/api/roles", role.try_into()?))
            })
            .await
    }

    /// Show a role
    ///
    /// With all that it grants.
    #[oai(path = "/roles/:id/", method = "get", operation_id = "show_role")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<RoleView>> {
        self.db.read(&member, async |tx| Ok(Shown(tx.get::<Entity>(id.0).await?.try_into()?))).await
    }

    /// Change a role
    ///
    /// It holds for its members from their next request on. A built-in role cannot be changed: 409 `built_in`.
    #[oai(path = "/roles/:id/", method = "patch", operation_id = "change_role")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        expected: IfMatch,
        change: Body<RoleChange>,
    ) -> Result<Changed<RoleView>> {
        self.db
            .write(&member, async |tx| {
                let before = open(tx, id.0, Verb::CHANGE, &expected).await?;
                if let Some(grants) = change.0.grants.as_option() {
                    self.check(tx, grants)?;
                }
                let mut after = before.clone();
                change.0.clone().write(&mut after);
                Ok(Changed(tx.update::<Entity>(&before, after, Fields::none()).await?.try_into()?))
            })
            .await
    }

    /// Replace a role
    ///
    /// What is absent is cleared.
    #[oai(path = "/roles/:id/", method = "put", operation_id = "replace_role")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        expected: IfMatch,
        new: Body<NewRole>,
    ) -> Result<Changed<RoleView>> {
        self.db
            .write(&member, async |tx| {
                let before = open(tx, id.0, Verb::CHANGE, &expected).await?;
                self.check(tx, &new.0.grants)?;
                let mut after = before.clone();
                new.0.clone().write(&mut after);
                Ok(Changed(tx.update::<Entity>(&before, after, Fields::none()).await?.try_into()?))
            })
            .await
    }

    /// Delete a role
    ///
    /// One that somebody has, or is invited to, stays: 409 `role_in_use`. So do the built-in two: 409 `built_in`.
    #[oai(path = "/roles/:id/", method = "delete", operation_id = "delete_role")]
    async fn delete(&self, member: Member, id: Path<Uuid>, expected: IfMatch) -> Result<Trashed> {
        self.db
            .write(&member, async |tx| {
                let role = open(tx, id.0, Verb::DELETE, &expected).await?;
                if in_use(tx, role.id).await? {
                    return Err(Error::conflict("role_in_use", "Somebody has this role, or is invited to it."));
                }
                tx.trash::<Entity>(&role).await?;
                Ok(Trashed)
            })
            .await
    }

    /// Restore a role
    ///
    /// Out of the trash; 409 `duplicate` when another role took its name meanwhile.
    #[oai(path = "/roles/:id/restore/", method = "post", operation_id = "restore_role")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<RoleView>> {
        self.db
            .write(&member, async |tx| {
                let role = tx.open_trashed::<Entity>(id.0, Verb::DELETE).await?;
                within(tx, &role)?;
                Ok(Changed(tx.restore::<Entity>(&role).await?.try_into()?))
            })
            .await
    }
}

impl Api {
    fn check(&self, tx: &Tx, grants: &BTreeMap<String, Scope>) -> Result<()> {
        self.catalogue.check(grants, tx.actor().grants()).map(|_| ())
    }
}

async fn open(tx: &Tx, id: Uuid, verb: Verb, expected: &IfMatch) -> Result<Model> {
    let role = tx.open::<Entity>(id, verb, expected).await?;
    if role.key.is_some() {
        return Err(Error::conflict("built_in", "The built-in roles stay as they are."));
    }
    within(tx, &role)?;
    Ok(role)
}

/// Whoever can do less than a role has no say in it.
fn within(tx: &Tx, role: &Model) -> Result<()> {
    let holds = tx.actor().grants().hold(&role.grants()?);
    holds.then_some(()).ok_or_else(Error::forbidden)
}

async fn in_use(tx: &Tx, role: Uuid) -> Result<bool> {
    let members = tx.find::<member::Entity>().filter(member::Column::RoleId.eq(role));
    if members.count(1).await? > 0 {
        return Ok(true);
    }
    invitation::waits_for(tx, role).await
}
