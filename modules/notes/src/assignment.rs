use base::link;
use sea_orm::entity::prelude::*;

/// A record is assigned to a member, or to a team. `principal_id` is whichever of the two it is: visibility goes by it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assignment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub record_kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub record_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub principal_id: Uuid,
    pub member_user_id: Option<Uuid>,
    pub team_id: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

link!();

impl Model {
    pub(crate) fn to_member(kind: &str, record_id: Uuid, user: Uuid) -> Self {
        Self { member_user_id: Some(user), ..Self::to(kind, record_id, user) }
    }

    pub(crate) fn to_team(kind: &str, record_id: Uuid, team: Uuid) -> Self {
        Self { team_id: Some(team), ..Self::to(kind, record_id, team) }
    }

    fn to(kind: &str, record_id: Uuid, principal_id: Uuid) -> Self {
        Self {
            org_id: Uuid::nil(),
            record_kind: kind.to_owned(),
            record_id,
            principal_id,
            member_user_id: None,
            team_id: None,
            created_at: DateTimeUtc::default(),
            created_by: None,
        }
    }
}
