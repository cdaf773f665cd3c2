use std::collections::BTreeSet;

use base::{Error, Grants, PlatformTx, Result};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Alias, Expr, ExprTrait, JoinType, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{member, org::organisation, role};

/// What somebody may do in an organisation, and through whom they see what they see.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    pub grants: Grants,
    pub circle: Vec<Uuid>,
}

/// How `user` stands in `org`: `None` when they are no active member of it, or it is not active. One statement, asked by the
/// gate for each request, so that whoever is removed is out at the next one; `circle` is that of `teams`, which knows this
/// module and not the other way round. The transaction must have a view of `org` ([`base::Platform::read_in`]).
///
/// # Errors
/// The database's alone.
pub async fn standing(
    tx: &PlatformTx,
    org: Uuid,
    user: Uuid,
    circle: Option<SelectStatement>,
) -> Result<Option<Standing>> {
    use member::Column as Member;
    use organisation::Column as Organisation;
    use role::Column as Role;

    let of_member = |column: Member| Expr::col((member::Entity, column));
    let of_role = |column: Role| Expr::col((role::Entity, column));
    let of_org = |column: Organisation| Expr::col((organisation::Entity, column));
    let mut grants = Query::select()
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
    let columns: &[&str] = if circle.is_some() { &["team_id", "member_user_id"] } else { &[] };
    if let Some(circle) = circle {
        grants.columns(columns.iter().map(|name| (Alias::new("circle"), Alias::new(*name)))).join_subquery(
            JoinType::LeftJoin,
            circle,
            Alias::new("circle"),
            Expr::val(1).eq(1),
        );
    }
    let rows = tx.conn().query_all(&grants).await?;
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let grants: serde_json::Value = first.try_get("", "grants")?;
    let mut circle = BTreeSet::new();
    for row in &rows {
        for column in columns {
            circle.extend(row.try_get::<Option<Uuid>>("", column)?);
        }
    }
    let grants = serde_json::from_value(grants).map_err(Error::internal)?;
    Ok(Some(Standing { grants, circle: circle.into_iter().collect() }))
}
