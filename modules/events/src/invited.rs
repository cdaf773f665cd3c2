use base::link;
use sea_orm::entity::prelude::*;

/// Somebody was told of an event as it was in this sequence.
#[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_invited")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    /// The id of a user, contact or lead, or a guest's address in lower case.
    #[sea_orm(primary_key, auto_increment = false)]
    pub attendee: String,
    pub name: String,
    pub address: String,
    pub sequence: i32,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

link!();
