//! A mail becomes a row, in one transaction with what it makes of a case.

use base::{Fields, Result, Tx};
use events::MailedReply;
use sea_orm::{
    ColumnTrait, Condition,
    sea_query::{Alias, Expr, ExprTrait},
};
use uuid::Uuid;

use super::keep::{self, Kept};
use crate::{
    case,
    inbox::{Arrivals, Arrived, Column, Entity, Model, References},
    letter::Letter,
    mailbox, message_id,
    reason::{MailStatus, Reason},
    thread,
};

/// What is known of a mail beside its words.
pub struct Facts {
    pub size: i64,
    pub sha256: String,
    /// Why it is refused already.
    pub refused: Option<Reason>,
}

/// What a row names of what was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    All,
    Original,
    /// These very bytes came before.
    Nothing,
}

/// Records a mail once, however often it is delivered.
pub async fn record(
    tx: &Tx,
    mailbox: &mailbox::Model,
    letter: &Letter,
    facts: &Facts,
    kept: &Kept,
) -> Result<(Model, Named)> {
    let key = letter.message_id.as_deref().map_or_else(|| facts.sha256.clone(), message_id::key);
    tx.alone_with(&format!("mail {key}")).await?;
    let same = Condition::all().add(Column::MessageKey.eq(&*key)).add(Column::MailboxId.eq(mailbox.id));
    // What was refused because nobody took it may be taken by now.
    let for_good = Column::Reason.is_null().or(Column::Reason.ne(Reason::MailboxInactive));
    let again = same.add(Column::Sha256.eq(&*facts.sha256)).add(Column::Size.eq(facts.size)).add(for_good);
    if let Some(row) = tx.find::<Entity>().filter(again).one().await? {
        return Ok((row, Named::Nothing));
    }
    let mut refused = match facts.refused {
        Some(reason) => Some(reason),
        None => refusal(tx, letter, &key).await?,
    };
    let mut event_id = None;
    if let (None, Some(reply)) = (refused, &letter.reply) {
        match answer(tx, letter, reply).await? {
            Ok(event) => event_id = Some(event),
            Err(reason) => refused = Some(reason),
        }
    }
    let row = Model {
        event_id,
        mailbox_id: mailbox.id,
        status: if refused.is_some() { MailStatus::Refused } else { MailStatus::Stored },
        reason: refused,
        message_id: letter.message_id.clone(),
        message_key: key,
        reference_ids: References(letter.answers.clone()),
        from_name: letter.from_name.clone(),
        from_address: letter.from.clone(),
        reply_to: letter.reply_to.clone(),
        subject: letter.subject.clone(),
        sent_at: letter.sent_at,
        text: letter.text.clone(),
        is_cut: letter.is_cut,
        size: facts.size,
        sha256: facts.sha256.clone(),
        storage_key: kept.original.as_ref().map(|stored| stored.key.clone()),
        ..Model::default()
    };
    if refused.is_some() {
        return Ok((tx.insert::<Entity>(row, Fields::none()).await?, Named::Original));
    }
    if row.event_id.is_some() {
        let contact = contacts::find_by_email(tx, row.from_address.as_deref().unwrap_or_default()).await?;
        let row = Model { contact_id: contact.map(|contact| contact.id), ..row };
        return Ok((tx.insert::<Entity>(row, Fields::none()).await?, Named::Original));
    }
    store(tx, mailbox, row, kept).await.map(|row| (row, Named::All))
}

/// The event to which somebody answers whether they come, or why that is not believed.
async fn answer(tx: &Tx, letter: &Letter, reply: &str) -> Result<Result<Uuid, Reason>> {
    let from = letter.from.as_deref().unwrap_or_default();
    if letter.from_many {
        return Ok(Err(Reason::ForgedAnswer));
    }
    Ok(match events::take_mailed_reply(tx, reply, from).await? {
        MailedReply::Taken(event) => Ok(event),
        MailedReply::Stale => Err(Reason::StaleAnswer),
        MailedReply::Unknown => Err(Reason::NotInvited),
        MailedReply::Forged => Err(Reason::ForgedAnswer),
        MailedReply::Unreadable => Err(Reason::UnreadableAnswer),
    })
}

/// What only the organisation's other rows can tell.
async fn refusal(tx: &Tx, letter: &Letter, key: &str) -> Result<Option<Reason>> {
    // Programs send answers to invitations by themselves, and nothing comes back that they could answer.
    if letter.automatic.is_some() && letter.reply.is_none() {
        return Ok(letter.automatic);
    }
    let Some(from) = letter.from.as_deref().map(str::to_lowercase) else {
        return Ok(Some(Reason::NoSender));
    };
    let own = Expr::col((mailbox::Entity, Alias::new("address_lower")));
    let been_at = letter.been_at.iter().cloned().chain([from.clone()]);
    let met = tx.find::<mailbox::Entity>().filter(own.is_in(been_at)).all(50).await?;
    if met.iter().any(|mailbox| mailbox.address.to_lowercase() == from) {
        return Ok(Some(Reason::OwnAddress));
    }
    if !met.is_empty() {
        return Ok(Some(Reason::Loop));
    }
    let stored = Condition::all().add(Column::MessageKey.eq(key)).add(Column::Status.eq(MailStatus::Stored));
    let there = tx.find::<Entity>().filter(stored).one().await?;
    Ok(there.map(|_| Reason::Duplicate))
}

/// Opens a case, or continues the one that it answers.
async fn store(tx: &Tx, mailbox: &mailbox::Model, mut row: Model, kept: &Kept) -> Result<Model> {
    let from = row.from_address.clone().unwrap_or_default();
    let contact = contacts::find_by_email(tx, &from).await?;
    row.contact_id = contact.as_ref().map(|contact| contact.id);
    let answered = thread::case_of(tx, &row.reference_ids.0).await?;
    let case = match answered {
        Some(case) => {
            row.comment_id = Some(case::go_on(tx, &case, &row).await?);
            case
        }
        None => case::open(tx, mailbox, contact.as_ref(), &row).await?,
    };
    row.case_id = Some(case.id);
    let subject = notes::Subject::from_row::<cases::Entity>(&case);
    let attached = keep::attach(tx, &subject, &kept.files).await?;
    let arrived = kept.files.iter().zip(attached).map(|(file, attachment_id)| Arrived {
        file_name: file.name.clone(),
        size: file.size,
        attachment_id,
        refused: file.stored.as_ref().err().copied(),
    });
    row.attachments = Arrivals(arrived.collect());
    tx.insert::<Entity>(row, Fields::none()).await
}
