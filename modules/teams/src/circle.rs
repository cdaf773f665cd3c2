use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use uuid::Uuid;

use crate::{team, team_member};

/// The teams of `user` in `org` and everyone in them, for the grants of scope *team*: one row for each of `team_id` and
/// `member_user_id`, whatever the number of teams. The gate asks it together with what the user may do.
#[must_use]
pub fn circle(org: Uuid, user: Uuid) -> SelectStatement {
    use team::Column as Team;
    use team_member::Column as InTeam;

    let mine = Alias::new("mine");
    let of_mine = |column: InTeam| Expr::col((mine.clone(), column));
    let of_team = |column: Team| Expr::col((team::Entity, column));
    let of_all = |column: InTeam| Expr::col((team_member::Entity, column));
    Query::select()
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
        .to_owned()
}
