use base::{
    record,
    ties::Named,
    value::{Colour, Rank},
};
use sea_orm::entity::prelude::*;
use serde::Serialize;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "board_column")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub org_id: Uuid,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
    pub updated_at: DateTimeUtc,
    pub updated_by: Option<Uuid>,
    pub version: i64,
    pub deleted_at: Option<DateTimeUtc>,

    pub board_id: Uuid,
    /// Unique on its board among the columns that are not in the trash, whatever the case.
    pub name: String,
    pub colour: Colour,
    /// The most cards that it takes; what is in it stays when this is set below.
    pub wip_limit: Option<i32>,
    /// The greatest is on the left.
    pub rank: Rank,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("board_column");

impl Named for Entity {
    fn name() -> Vec<Column> {
        vec![Column::Name]
    }
}
