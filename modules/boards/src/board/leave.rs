//! How somebody gets off a board.

use base::{Error, Fields, IfMatch, Record, Result, Tx, Verb};
use sea_orm::{ColumnTrait, ExprTrait};
use uuid::Uuid;

use super::{
    member::{Column, Entity as Member, Model, Roles, roles, with_role},
    row,
};
use crate::role::BoardRole;

/// Takes whoever asks off a board.
///
/// # Errors
/// 403 `not_a_member`; 409 `last_owner`.
pub async fn depart(tx: &Tx, board: Uuid) -> Result<()> {
    let board = tx.open::<row::Entity>(board, Verb::VIEW, &IfMatch::ANY).await?;
    let was = roles(tx, [board.id]).await?.remove(&board.id).unwrap_or_default();
    let me = tx.actor().user().filter(|me| was.contains_key(me));
    let me = me.ok_or_else(|| Error::forbidden_because("not_a_member", "You are not on this board."))?;
    let mut will = was.clone();
    will.remove(&me);
    if with_role(&will, BoardRole::Owner).is_empty() {
        let detail = "You are its only owner: make another one first, or put the board into the trash.";
        return Err(Error::conflict("last_owner", detail));
    }
    tx.update_as::<row::Entity>(&board, board.clone(), "left", changed(&was, &will)).await?;
    off(tx, board.id, me).await
}

/// Takes somebody who leaves the organisation off all its boards. Where they were the only owner, who has been there longest
/// is the next one, an admin before the others.
pub async fn leave(tx: &Tx, user: Uuid) -> Result<()> {
    let mut theirs = tx.links::<Member>(Column::MemberUserId.eq(user)).await?;
    // In one order, so that two who leave at once do not wait for each other.
    theirs.sort_by_key(|link| link.board_id);
    for link in theirs {
        let board = locked(tx, link.board_id).await?;
        let links = tx.links::<Member>(Column::BoardId.eq(link.board_id)).await?;
        let was: Roles = links.iter().map(|link| (link.member_user_id, link.role)).collect();
        let mut will = was.clone();
        will.remove(&user);
        off(tx, link.board_id, user).await?;
        if with_role(&will, BoardRole::Owner).is_empty()
            && let Some(heir) = heir(links, user)
        {
            will.insert(heir.member_user_id, BoardRole::Owner);
            off(tx, link.board_id, heir.member_user_id).await?;
            tx.link::<Member>([Model { role: BoardRole::Owner, ..heir }]).await?;
        }
        match board {
            Some(board) => {
                tx.update_as::<row::Entity>(&board, board.clone(), "left", changed(&was, &will)).await?;
            }
            // Theirs, and yet they see no boards.
            None => tx.log_on(row::Entity::KIND, link.board_id, "left", changed(&was, &will)).await?,
        }
    }
    Ok(())
}

fn heir(links: Vec<Model>, user: Uuid) -> Option<Model> {
    let others = links.into_iter().filter(|link| link.member_user_id != user);
    others.min_by_key(|link| (std::cmp::Reverse(link.role), link.created_at, link.member_user_id))
}

async fn locked(tx: &Tx, board: Uuid) -> Result<Option<row::Model>> {
    let found = match tx.open::<row::Entity>(board, Verb::VIEW, &IfMatch::ANY).await {
        Err(error) if error.is_not_found() => tx.open_trashed::<row::Entity>(board, Verb::VIEW).await,
        found => found,
    };
    match found {
        Err(error) if error.is_not_found() => Ok(None),
        found => found.map(Some),
    }
}

async fn off(tx: &Tx, board: Uuid, user: Uuid) -> Result<()> {
    tx.unlink::<Member>(Column::BoardId.eq(board).and(Column::MemberUserId.eq(user))).await
}

fn changed(was: &Roles, will: &Roles) -> Fields {
    [("owners", BoardRole::Owner), ("admins", BoardRole::Admin), ("members", BoardRole::Member)]
        .into_iter()
        .fold(Fields::none(), |fields, (name, role)| fields.with(name, with_role(was, role), with_role(will, role)))
}
