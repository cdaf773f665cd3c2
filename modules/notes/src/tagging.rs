use base::link;
use sea_orm::entity::prelude::*;

/// A record has a tag.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "record_tag")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub record_kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub record_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub tag_id: Uuid,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

link!();

impl Model {
    pub(crate) fn of(kind: &str, record_id: Uuid, tag_id: Uuid) -> Self {
        let (org_id, created_at) = (Uuid::nil(), DateTimeUtc::default());
        Self { org_id, record_kind: kind.to_owned(), record_id, tag_id, created_at, created_by: None }
    }
}
