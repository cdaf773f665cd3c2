use std::collections::BTreeSet;

use base::{PlatformTx, Result};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Alias, Expr, ExprTrait, Query},
};
use uuid::Uuid;

use crate::{team, team_member};

/// The teams of `user` in `org` and everyone in them, for the grants of scope *team*. One statement, whatever the number
/// of teams; the transaction must have a view of `org` ([`base::Platform::read_in`]).
///
/// # Errors
/// The database's alone.
pub async fn circle(tx: &PlatformTx, org: Uuid, user: Uuid) -> Result<Vec<Uuid>> {
    use team::Column as Team;
    use team_member::Column as InTeam;

    let mine = Alias::new("mine");
    let of_mine = |column: InTeam| Expr::col((mine.clone(), column));
    let of_team = |column: Team| Expr::col((team::Entity, column));
    let of_all = |column: InTeam| Expr::col((team_member::Entity, column));
    let everyone = Query::select()
        .column((team_member::Entity, InTeam::TeamId))
        .column((team_member::Entity, InTeam::MemberUserId))
        .from_as(team_member::Entity, mine.clone())
        .inner_join(
            team::Entity,
            of_team(Team::OrgId)
                .equals((mine.clone(), InTeam::OrgId))
                .and(of_team(Team::Id).equals((mine.clone(), InTeam::TeamId))),
        )
        .inner_join(
            team_member::Entity,
            of_all(InTeam::OrgId)
                .equals((mine.clone(), InTeam::OrgId))
                .and(of_all(InTeam::TeamId).equals((mine.clone(), InTeam::TeamId))),
        )
        .and_where(of_mine(InTeam::OrgId).eq(org))
        .and_where(of_mine(InTeam::MemberUserId).eq(user))
        .and_where(of_team(Team::DeletedAt).is_null())
        .to_owned();
    let mut circle = BTreeSet::new();
    for row in tx.conn().query_all(&everyone).await? {
        circle.insert(row.try_get::<Uuid>("", "team_id")?);
        circle.insert(row.try_get::<Uuid>("", "member_user_id")?);
    }
    Ok(circle.into_iter().collect())
}
