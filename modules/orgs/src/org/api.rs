use base::{
    Body, Changed, Created, Error, Fields, IfMatch, Member, Page, Person, Platform, PlatformTx, Result, Shown,
    people::Ref,
};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, Iterable, ModelTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{
    organisation::{Column, Entity, Model},
    view::{MyOrg, NewOrg, OrgChange, OrgView},
};
use crate::{Tag, founding, member, role};

/// Under `/api/orgs/`.
pub struct Api {
    platform: Platform,
}

impl Api {
    #[must_use]
    pub fn new(platform: Platform) -> Self {
        Self { platform }
    }
}

#[OpenApi(prefix_path = "/api/orgs", tag = "Tag::Organisations")]
impl Api {
    /// List my organisations
    ///
    /// Those in which the caller is an active member, with the caller's role in each; at most 200, by name.
    #[oai(path = "/", method = "get", operation_id = "list_orgs")]
    async fn list(&self, person: Person) -> Result<Json<Page<MyOrg>>> {
        let user = person.user();
        self.platform.read(async |tx| Ok(Json(page(of_user(tx, user).await?)))).await
    }

    /// Create an organisation
    ///
    /// The caller becomes its first admin.
    #[oai(path = "/", method = "post", operation_id = "create_org")]
    async fn create(&self, person: Person, new: Body<NewOrg>) -> Result<Created<OrgView>> {
        self.platform
            .write_for(&person, async |tx| {
                let mut org = Model::default();
                new.0.clone().write(&mut org);
                let org = founding::found(tx, org, person.user(), person.request().clone()).await?;
                Ok(Created::at("/api/orgs", org.into()))
            })
            .await
    }

    /// Show an organisation
    ///
    /// The one in the `org` header; any other is not there.
    #[oai(path = "/:id/", method = "get", operation_id = "show_org")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<OrgView>> {
        let id = here(&member, id.0)?;
        self.platform
            .read(async |tx| {
                let org = Entity::find_by_id(id).one(tx.conn()).await?.ok_or_else(Error::not_found)?;
                Ok(Shown(org.into()))
            })
            .await
    }

    /// Change an organisation
    ///
    /// Needs the grant `org.change`.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_org")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        expected: IfMatch,
        change: Body<OrgChange>,
    ) -> Result<Changed<OrgView>> {
        let id = here(&member, id.0)?;
        member.reach("org", "change").ok_or_else(Error::forbidden)?;
        self.platform
            .write(async |tx| {
                let before = locked(tx, id).await?;
                expected.check(before.version)?;
                let mut after = before.clone();
                change.0.clone().write(&mut after);
                Ok(Changed(update(tx, &member, &before, after).await?.into()))
            })
            .await
    }
}

/// The header says which organisation; the path may only repeat it.
pub(super) fn here(member: &Member, id: Uuid) -> Result<Uuid> {
    (member.org() == id).then_some(id).ok_or_else(Error::not_found)
}

/// All of them: nobody has so many that they need a second page.
fn page(results: Vec<MyOrg>) -> Page<MyOrg> {
    let count = u64::try_from(results.len()).unwrap_or(0);
    Page { results, next: None, count, count_is_exact: true }
}

async fn of_user(tx: &PlatformTx, user: Uuid) -> Result<Vec<MyOrg>> {
    let mine = member::Entity::find()
        .filter(member::Column::UserId.eq(user))
        .filter(member::Column::IsActive.eq(true))
        .filter(member::Column::DeletedAt.is_null())
        .limit(200)
        .all(tx.conn())
        .await?;
    let active = Entity::find()
        .filter(Column::Id.is_in(mine.iter().map(|member| member.org_id)))
        .filter(Column::IsActive.eq(true))
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Id);
    let orgs = active.all(tx.conn()).await?;
    let roles = role::Entity::find().filter(role::Column::Id.is_in(mine.iter().map(|member| member.role_id)));
    let roles = roles.all(tx.conn()).await?;
    let role_in = |org: Uuid| {
        let member = mine.iter().find(|member| member.org_id == org)?;
        roles.iter().find(|role| role.id == member.role_id).map(|role| Ref { id: role.id, name: role.name.clone() })
    };
    let shown =
        |org: Model| Some(MyOrg { role: role_in(org.id)?, id: org.id, name: org.name, created_at: org.created_at });
    Ok(orgs.into_iter().filter_map(shown).collect())
}

/// The row, held until the transaction ends.
pub(crate) async fn locked(tx: &PlatformTx, id: Uuid) -> Result<Model> {
    let row = Entity::find_by_id(id);
    // SQLite has one writer, so the row is locked already.
    let row = if tx.get_database_backend() == DbBackend::Postgres { row.lock_exclusive() } else { row };
    row.one(tx.conn()).await?.ok_or_else(Error::not_found)
}

/// Keeps what changed and logs it, in the name of `actor`.
pub(crate) async fn update(tx: &PlatformTx, actor: &base::Actor, before: &Model, after: Model) -> Result<Model> {
    let mut fields = Fields::none();
    let mut new = before.clone().into_active_model();
    let (old_fields, new_fields) = (serde_json::json!(before), serde_json::json!(after));
    for column in Column::iter() {
        let value = after.get(column);
        if before.get(column) != value {
            let name = sea_orm::IdenStatic::as_str(&column);
            fields = fields.with(name, &old_fields[name], &new_fields[name]);
            new.set(column, value);
        }
    }
    if fields.is_empty() {
        return Ok(before.clone());
    }
    new.set(Column::Version, (before.version + 1).into());
    new.set(Column::UpdatedAt, tx.now().into());
    new.set(Column::UpdatedBy, actor.user().into());
    let org = new.update(tx.conn()).await?;
    tx.enter_as(actor.clone(), async |tx| tx.log_on("organisation", org.id, "changed", fields).await).await?;
    Ok(org)
}
