use std::collections::{BTreeMap, HashMap};

use base::{Result, Tx, link};
use sea_orm::entity::prelude::*;

use crate::role::BoardRole;

/// Somebody on a board.
#[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "board_member")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub board_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_user_id: Uuid,
    pub role: BoardRole,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

link!();

/// Who is on a board, by user id.
pub type Roles = BTreeMap<Uuid, BoardRole>;

pub async fn roles(tx: &Tx, boards: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, Roles>> {
    let links = tx.links::<Entity>(Column::BoardId.is_in(boards)).await?;
    let mut all: HashMap<Uuid, Roles> = HashMap::new();
    for link in links {
        all.entry(link.board_id).or_default().insert(link.member_user_id, link.role);
    }
    Ok(all)
}

/// The users with this role.
pub fn with_role(roles: &Roles, role: BoardRole) -> Vec<Uuid> {
    roles.iter().filter(|(_, has)| **has == role).map(|(user, _)| *user).collect()
}
