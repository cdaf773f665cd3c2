//! A shared macro is everybody's who sees cases, a team's is its members', a personal one its owner's: for others it is not
//! there. Who may share macros sees to those of all teams.

use base::{Error, IfMatch, Result, Tx, Verb, access::scope};
use sea_orm::{
    ColumnTrait, Condition,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::row::{Column, Entity, MacroVisibility, Model};
use crate::{access, case};

/// Those that are there for this actor.
pub fn seen(tx: &Tx) -> Condition {
    if scope::<case::Entity>(tx.actor(), Verb::VIEW).is_none() {
        return Condition::all().add(Expr::val(1).eq(0));
    }
    let of_teams = Column::Visibility.eq(MacroVisibility::Team);
    let of_teams = match access::share_macros(tx) {
        Ok(()) => of_teams,
        Err(_) => of_teams.and(Column::TeamId.is_in(tx.actor().circle().iter().copied())),
    };
    let personal = Column::Visibility.eq(MacroVisibility::Personal).and(Column::OwnerId.eq(tx.actor().user()));
    Condition::any().add(Column::Visibility.eq(MacroVisibility::Shared)).add(of_teams).add(personal)
}

/// # Errors
/// 404.
pub async fn get(tx: &Tx, id: Uuid) -> Result<Model> {
    tx.find::<Entity>().only(seen(tx)).id(id).await
}

/// # Errors
/// 404 unseen; 403 not one's own, without the grant; 412 changed since.
pub async fn open(tx: &Tx, id: Uuid, seen: &IfMatch) -> Result<Model> {
    let row = get(tx, id).await?;
    permit(tx, row.visibility)?;
    tx.open::<Entity>(row.id, Verb::CHANGE, seen).await
}

/// The same in the trash.
pub async fn open_trashed(tx: &Tx, id: Uuid) -> Result<Model> {
    let row = tx.find::<Entity>().trashed().only(seen(tx)).id(id).await?;
    permit(tx, row.visibility)?;
    tx.open_trashed::<Entity>(row.id, Verb::CHANGE).await
}

/// # Errors
/// 403.
pub fn permit(tx: &Tx, visibility: MacroVisibility) -> Result<()> {
    match visibility {
        MacroVisibility::Personal => {
            scope::<case::Entity>(tx.actor(), Verb::VIEW).map(drop).ok_or_else(Error::forbidden)
        }
        MacroVisibility::Team | MacroVisibility::Shared => access::share_macros(tx),
    }
}
