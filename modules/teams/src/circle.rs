use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, UnionType};
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

/// A team of `org` and everyone in it, as those to whom records are assigned.
#[must_use]
pub fn principals(org: Uuid, team: Uuid) -> SelectStatement {
    use team::Column as Team;
    use team_member::Column as InTeam;

    let members = Query::select()
        .column(InTeam::MemberUserId)
        .from(team_member::Entity)
        .and_where(Expr::col(InTeam::OrgId).eq(org))
        .and_where(Expr::col(InTeam::TeamId).eq(team))
        .to_owned();
    Query::select()
        .column(Team::Id)
        .from(team::Entity)
        .and_where(Expr::col(Team::OrgId).eq(org))
        .and_where(Expr::col(Team::Id).eq(team))
        .and_where(Expr::col(Team::DeletedAt).is_null())
        .union(UnionType::All, members)
        .to_owned()
}

/// The teams of `org`, each as `holder_id` with itself and everyone in it as `principal_id`: those to whom records are assigned.
#[must_use]
pub fn holders(org: Uuid) -> SelectStatement {
    use team::Column as Team;
    use team_member::Column as InTeam;

    let [holder, principal] = ["holder_id", "principal_id"].map(Alias::new);
    let of_team = |column: Team| Expr::col((team::Entity, column));
    let in_team = |column: InTeam| Expr::col((team_member::Entity, column));
    let members = Query::select()
        .expr_as(in_team(InTeam::TeamId), holder.clone())
        .expr_as(in_team(InTeam::MemberUserId), principal.clone())
        .from(team_member::Entity)
        .inner_join(
            team::Entity,
            of_team(Team::OrgId)
                .equals((team_member::Entity, InTeam::OrgId))
                .and(of_team(Team::Id).equals((team_member::Entity, InTeam::TeamId))),
        )
        .and_where(in_team(InTeam::OrgId).eq(org))
        .and_where(of_team(Team::DeletedAt).is_null())
        .to_owned();
    Query::select()
        .expr_as(of_team(Team::Id), holder)
        .expr_as(of_team(Team::Id), principal)
        .from(team::Entity)
        .and_where(of_team(Team::OrgId).eq(org))
        .and_where(of_team(Team::DeletedAt).is_null())
        .union(UnionType::All, members)
        .to_owned()
}
