use base::link;
use sea_orm::entity::prelude::*;

/// A comment mentions a member.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "comment_mention")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub comment_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_user_id: Uuid,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

link!();

impl Model {
    pub(crate) fn of(comment_id: Uuid, member_user_id: Uuid) -> Self {
        let (org_id, created_at) = (Uuid::nil(), DateTimeUtc::default());
        Self { org_id, comment_id, member_user_id, created_at, created_by: None }
    }
}
