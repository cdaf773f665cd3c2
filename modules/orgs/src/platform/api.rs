use std::collections::HashMap;

use base::{Actor, Body, Changed, Grants, IfMatch, Page, Person, Platform, PlatformTx, Result};
use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    keeper::Keepers,
    view::{PlatformOrg, PlatformOrgChange},
};
use crate::{
    Tag, member,
    org::{
        self,
        organisation::{Column, Entity, Model},
    },
};

/// Under `/api/platform/`.
pub struct Api {
    platform: Platform,
    keepers: Keepers,
}

impl Api {
    /// `domains`: e-mail domains (`example.com`) whose people, their address verified, run this installation.
    pub fn new(platform: Platform, domains: impl IntoIterator<Item = String>) -> Self {
        Self { platform, keepers: Keepers::of(domains) }
    }
}

#[OpenApi(prefix_path = "/api/platform", tag = "Tag::Platform")]
impl Api {
    /// List all organisations
    ///
    /// Newest first, with how many are in each, and nothing of what they keep. Only for those who run this installation.
    #[oai(path = "/orgs/", method = "get", operation_id = "list_platform_orgs")]
    async fn list(
        &self,
        person: Person,
        /// Rows of this page.
        #[oai(default = "usual", validator(minimum(value = "1"), maximum(value = "200")))]
        limit: Query<u64>,
        /// The `next` of the page before.
        cursor: Query<Option<Uuid>>,
    ) -> Result<Json<Page<PlatformOrg>>> {
        self.platform
            .read(async |tx| {
                self.keepers.check(tx, &person).await?;
                Ok(Json(page(tx, limit.0, cursor.0).await?))
            })
            .await
    }

    /// Change an organisation from outside
    ///
    /// Whether it may be used: an inactive one is as if it were not there, for all its members, from their next request on.
    #[oai(path = "/orgs/:id/", method = "patch", operation_id = "change_platform_org")]
    async fn change(
        &self,
        person: Person,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<PlatformOrgChange>,
    ) -> Result<Changed<PlatformOrg>> {
        self.platform
            .write(async |tx| {
                self.keepers.check(tx, &person).await?;
                let before = org::locked(tx, id.0).await?;
                seen.check(before.version)?;
                let after = Model { is_active: change.0.is_active, ..before.clone() };
                #[expect(
                    clippy::disallowed_methods,
                    reason = "they run the server and are no member: the log names them, nothing more"
                )]
                let keeper = Actor::of(id.0, person.user(), Grants::default(), Vec::new(), person.request().clone());
                let org = org::update(tx, &keeper, &before, after).await?;
                let members = members(tx, &[org.id]).await?;
                Ok(Changed(shown(org, &members)))
            })
            .await
    }
}

fn usual() -> u64 {
    base::list::USUAL
}

async fn page(tx: &PlatformTx, limit: u64, cursor: Option<Uuid>) -> Result<Page<PlatformOrg>> {
    let count = Entity::find().count(tx.conn()).await?;
    let mut find = Entity::find().order_by_desc(Column::Id).limit(limit + 1);
    if let Some(cursor) = cursor {
        find = find.filter(Column::Id.lt(cursor));
    }
    let mut orgs = find.all(tx.conn()).await?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = orgs.len() > limit;
    orgs.truncate(limit);
    let next = orgs.last().filter(|_| more).map(|org| org.id.to_string());
    let ids: Vec<Uuid> = orgs.iter().map(|org| org.id).collect();
    let members = members(tx, &ids).await?;
    let results = orgs.into_iter().map(|org| shown(org, &members)).collect();
    Ok(Page { results, next, count, count_is_exact: true })
}

/// How many active members each of `orgs` has.
async fn members(tx: &PlatformTx, orgs: &[Uuid]) -> Result<HashMap<Uuid, u64>> {
    let counts: Vec<(Uuid, i64)> = member::Entity::find()
        .select_only()
        .column(member::Column::OrgId)
        .column_as(member::Column::Id.count(), "members")
        .filter(member::Column::OrgId.is_in(orgs.iter().copied()))
        .filter(member::Column::IsActive.eq(true))
        .filter(member::Column::DeletedAt.is_null())
        .group_by(member::Column::OrgId)
        .into_tuple()
        .all(tx.conn())
        .await?;
    Ok(counts.into_iter().map(|(org, members)| (org, u64::try_from(members).unwrap_or(0))).collect())
}

fn shown(org: Model, members: &HashMap<Uuid, u64>) -> PlatformOrg {
    PlatformOrg {
        members: members.get(&org.id).copied().unwrap_or(0),
        id: org.id,
        name: org.name,
        is_active: org.is_active,
        created_at: org.created_at,
        version: org.version,
    }
}
