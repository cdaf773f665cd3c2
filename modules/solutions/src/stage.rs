//! From a draft to what everybody can read, and back.

use base::{Error, Fields, IfMatch, Result, Tx, Verb};
use uuid::Uuid;

use crate::{
    access::{APPROVE, REVIEW},
    solution::{Entity, Model},
    view::SolutionStatus,
};

/// # Errors
/// 409 `not_a_draft`.
pub async fn review(tx: &Tx, id: Uuid) -> Result<Model> {
    let before = tx.open::<Entity>(id, REVIEW, &IfMatch::ANY).await?;
    if before.status != SolutionStatus::Draft {
        return Err(Error::conflict("not_a_draft", "It was reviewed already."));
    }
    let after = Model { status: SolutionStatus::Reviewed, ..before.clone() };
    tx.update_as::<Entity>(&before, after, "reviewed", Fields::none()).await
}

/// Whoever may approve may do so without a review before.
///
/// # Errors
/// 409 `already_approved`.
pub async fn approve(tx: &Tx, id: Uuid) -> Result<Model> {
    let before = tx.open::<Entity>(id, APPROVE, &IfMatch::ANY).await?;
    if before.status == SolutionStatus::Approved {
        return Err(Error::conflict("already_approved", "It was approved already."));
    }
    let after = Model {
        status: SolutionStatus::Approved,
        approved_at: Some(tx.now()),
        approved_by: tx.actor().user(),
        ..before.clone()
    };
    tx.update_as::<Entity>(&before, after, "approved", Fields::none()).await
}

/// Back to a draft, which is not published.
pub async fn withdraw(tx: &Tx, id: Uuid) -> Result<Model> {
    let before = tx.open::<Entity>(id, Verb::CHANGE, &IfMatch::ANY).await?;
    let mut after = before.clone();
    to_draft(&mut after);
    tx.update_as::<Entity>(&before, after, "withdrawn", Fields::none()).await
}

pub fn to_draft(row: &mut Model) {
    row.status = SolutionStatus::Draft;
    (row.approved_at, row.approved_by) = (None, None);
    (row.is_published, row.published_at) = (false, None);
}

/// For everybody to read. What is published stays as it is.
///
/// # Errors
/// 409 `not_approved`.
pub async fn publish(tx: &Tx, id: Uuid) -> Result<Model> {
    let before = tx.open::<Entity>(id, APPROVE, &IfMatch::ANY).await?;
    if before.status != SolutionStatus::Approved {
        return Err(Error::conflict("not_approved", "Only what is approved is published."));
    }
    let published_at = before.published_at.or(Some(tx.now()));
    let after = Model { is_published: true, published_at, ..before.clone() };
    tx.update_as::<Entity>(&before, after, "published", Fields::none()).await
}

pub async fn unpublish(tx: &Tx, id: Uuid) -> Result<Model> {
    let before = tx.open::<Entity>(id, APPROVE, &IfMatch::ANY).await?;
    let after = Model { is_published: false, published_at: None, ..before.clone() };
    tx.update_as::<Entity>(&before, after, "unpublished", Fields::none()).await
}
