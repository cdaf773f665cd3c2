//! What those who take part say.

use base::{Error, Fields, IfMatch, Result, Tx, Verb};
use uuid::Uuid;

use crate::{
    event::{Answered, Entity, Model},
    view::Answer,
};

/// The actor's own answer. Whoever takes part may give it, whatever else they may do; 403 `not_attending` for others.
pub async fn give(tx: &Tx, id: Uuid, answer: Answer) -> Result<Model> {
    let row = tx.open::<Entity>(id, Verb::VIEW, &IfMatch::default()).await?;
    let attending = match tx.actor().user() {
        Some(me) if notes::is_assigned(tx, "event", id, me).await? => me,
        _ => return Err(Error::forbidden_because("not_attending", "You do not take part in this event.")),
    };
    let mut after = row.clone();
    after.answers.0.insert(attending.to_string(), Answered { answer, at: tx.now() });
    tx.update_as::<Entity>(&row, after, "answered", Fields::none()).await
}
