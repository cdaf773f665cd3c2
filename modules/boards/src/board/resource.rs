use std::collections::{BTreeSet, HashMap};

use base::{Error, Ref, Resource, Result, Stamp, Tx};
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::{
    crew::Crew,
    first::FirstColumns,
    member::{Roles, roles, with_role},
    row::{Entity, Model},
    view::{BoardView, ColumnRef},
};
use crate::{column, role::BoardRole};

impl Resource for Entity {
    type View = BoardView;
    type Beside = (Crew, FirstColumns);

    /// Three statements, however many they are.
    async fn show(tx: &Tx, boards: Vec<Model>) -> Result<Vec<BoardView>> {
        let ids: Vec<Uuid> = boards.iter().map(|board| board.id).collect();
        let mut all = roles(tx, ids.iter().copied()).await?;
        let everyone: BTreeSet<Uuid> = all.values().flat_map(Roles::keys).copied().collect();
        let people = tx.people(everyone).await?;
        let mut columns = columns(tx, &ids).await?;
        let named = |roles: &Roles, role: BoardRole| {
            let person = |id: Uuid| people.get(&id).map(|person| Ref { id, name: person.name.clone() });
            let mut named: Vec<Ref> = with_role(roles, role).into_iter().filter_map(person).collect();
            named.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
            named
        };
        let views = boards.into_iter().map(|board| {
            let roles = all.remove(&board.id).unwrap_or_default();
            BoardView {
                stamp: Stamp::of(&board),
                name: board.name,
                description: board.description,
                is_archived: board.is_archived,
                role: tx.actor().user().and_then(|me| roles.get(&me).copied()),
                owners: named(&roles, BoardRole::Owner),
                admins: named(&roles, BoardRole::Admin),
                members: named(&roles, BoardRole::Member),
                columns: columns.remove(&board.id).unwrap_or_default(),
            }
        });
        Ok(views.collect())
    }
}

/// 50 columns of each of 200 boards.
const COLUMNS: u64 = 10_000;

async fn columns(tx: &Tx, boards: &[Uuid]) -> Result<HashMap<Uuid, Vec<ColumnRef>>> {
    let of_these = column::Column::BoardId.is_in(boards.iter().copied());
    let mut all: HashMap<Uuid, Vec<ColumnRef>> = HashMap::new();
    for row in tx.find::<column::Entity>().filter(of_these).last_by(column::Column::Rank, COLUMNS).await? {
        let column = ColumnRef { id: row.id, name: row.name, colour: row.colour, wip_limit: row.wip_limit };
        all.entry(row.board_id).or_default().push(column);
    }
    Ok(all)
}

/// 409 when the board is archived.
pub async fn at_work(tx: &Tx, board: Uuid) -> Result<()> {
    let board = tx.get::<Entity>(board).await?;
    if board.is_archived {
        return Err(Error::conflict("board_archived", "Nothing on an archived board changes; take it back first."));
    }
    Ok(())
}
