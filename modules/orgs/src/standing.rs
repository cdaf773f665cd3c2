use base::{Error, Grants, PlatformTx, Result};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

use crate::{member, org::organisation, role};

/// What `user` may do in `org`: `None` when they are no active member of it, or it is not active. One statement, asked by
/// the gate for each request, so that whoever is removed is out at the next one.
///
/// # Errors
/// The database's alone.
pub async fn standing(tx: &PlatformTx, org: Uuid, user: Uuid) -> Result<Option<Grants>> {
    use member::Column as Member;
    use organisation::Column as Organisation;
    use role::Column as Role;

    let of_member = |column: Member| Expr::col((member::Entity, column));
    let of_role = |column: Role| Expr::col((role::Entity, column));
    let of_org = |column: Organisation| Expr::col((organisation::Entity, column));
    let grants = Query::select()
        .column((role::Entity, Role::Grants))
        .from(member::Entity)
        .inner_join(
            role::Entity,
            of_role(Role::OrgId)
                .equals((member::Entity, Member::OrgId))
                .and(of_role(Role::Id).equals((member::Entity, Member::RoleId))),
        )
        .inner_join(organisation::Entity, of_org(Organisation::Id).equals((member::Entity, Member::OrgId)))
        .and_where(of_member(Member::OrgId).eq(org))
        .and_where(of_member(Member::UserId).eq(user))
        .and_where(of_member(Member::IsActive).eq(true))
        .and_where(of_member(Member::DeletedAt).is_null())
        .and_where(of_org(Organisation::IsActive).eq(true))
        .to_owned();
    let Some(row) = tx.conn().query_one(&grants).await? else {
        return Ok(None);
    };
    let grants: serde_json::Value = row.try_get("", "grants")?;
    Ok(Some(serde_json::from_value(grants).map_err(Error::internal)?))
}
