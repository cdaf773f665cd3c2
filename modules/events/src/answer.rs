//! What those who take part say.

use base::{Error, Fields, IfMatch, Result, Tx, Verb};
use chrono::NaiveDate;
use uuid::Uuid;

use crate::{
    event::{Answered, Entity, Model},
    said::Extent,
    series,
    view::Answer,
};

/// The actor's own answer, of a series to all of it. Whoever takes part may give it, whatever else they may do; 403
/// `not_attending` for others.
pub async fn give(tx: &Tx, id: Uuid, answer: Answer) -> Result<Model> {
    let row = open(tx, id).await?;
    let me = attending(tx, &row).await?.to_string();
    keep(tx, &row, &me, Answered { answer, at: tx.now() }).await
}

/// The actor's own answer to the one of this day, which may be an event of its own already, or to that and all after it. 404
/// for a day on which the series does not come.
pub async fn give_on(tx: &Tx, id: Uuid, on: NaiveDate, extent: Extent, answer: Answer) -> Result<Model> {
    let series = open(tx, id).await?;
    let own = series::own(tx, id, on).await?;
    if let Some(own) = own.filter(|_| extent == Extent::Alone) {
        return give(tx, own.id, answer).await;
    }
    match extent {
        Extent::Alone => series::one(&series, on)?,
        Extent::AndFollowing => series::ruled(&series, on)?,
    };
    let me = attending(tx, &series).await?.to_string();
    keep_on(tx, &series, &me, (on, extent), Answered { answer, at: tx.now() }).await
}

async fn open(tx: &Tx, id: Uuid) -> Result<Model> {
    tx.open::<Entity>(id, Verb::VIEW, &IfMatch::default()).await
}

async fn attending(tx: &Tx, row: &Model) -> Result<Uuid> {
    match tx.actor().user() {
        Some(me) if notes::is_assigned(tx, "event", row.id, me).await? => Ok(me),
        _ => Err(Error::forbidden_because("not_attending", "You do not take part in this event.")),
    }
}

/// What somebody says to all of it.
pub async fn keep(tx: &Tx, row: &Model, who: &str, said: Answered) -> Result<Model> {
    let mut after = row.clone();
    after.answers.0.insert(who.to_owned(), said);
    after.occurrence_answers.said_to_all(who, said.at);
    tx.update_as::<Entity>(row, after, "answered", Fields::none()).await
}

/// What somebody says to one time of a series, or to that and all after it. The log has this one answer and not all there are.
pub async fn keep_on(
    tx: &Tx,
    row: &Model,
    who: &str,
    (on, extent): (NaiveDate, Extent),
    said: Answered,
) -> Result<Model> {
    let was = row.answers_on(on).0.get(who).map(|said| said.answer);
    let mut after = row.clone();
    after.occurrence_answers.say(who, on, extent, said);
    let fields = Fields::none()
        .with("attendee", None::<&str>, who)
        .with("on", None::<NaiveDate>, on)
        .with("and_following", false, extent == Extent::AndFollowing)
        .with("answer", was, said.answer);
    tx.update_as::<Entity>(row, after, "answered", fields).await
}
