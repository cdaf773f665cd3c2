//! Public comments go back to the customer, as answers to their mail.

use async_trait::async_trait;
use base::{Fields, Outcome, Result, Tx, Work};
use cases::Correspondent;
use mail::{CaseAnswer, Outgoing, Posted, Recipient, Thread};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::{
    case_reply::{self, Entity as Reply},
    inbox::{self, Column},
    mailbox, message_id,
    reason::MailStatus,
};

/// Sends what members say in public about a case that came by mail. A case that nobody wrote a mail about has nobody to
/// write to.
pub struct Replies;

/// An answer on its way.
struct Answer {
    to: Recipient,
    thread: Thread,
    words: CaseAnswer,
    answers: Uuid,
}

#[async_trait]
impl Correspondent for Replies {
    async fn answer(&self, work: &Work, case: Uuid, comment: Uuid) -> Result<Outcome> {
        let Some(Answer { to, thread, words, answers }) =
            work.read(async |tx| compose(tx, case, comment).await).await?
        else {
            return Ok(Outcome::Done);
        };
        let to_address = to.address.clone();
        let outgoing = Outgoing::new(work.id(), to, words).in_thread(thread);
        let Posted { outcome, ids } = mail::post(work, &outgoing).await?;
        let Some((ours, carriers)) = ids else { return Ok(outcome) };
        let bare = |id: String| message_id::parse(&id).unwrap_or_default();
        let (ours, carriers) = (bare(ours), bare(carriers));
        let row = case_reply::Model {
            case_id: case,
            comment_id: comment,
            inbound_mail_id: answers,
            to_address,
            message_key: message_id::key(&ours),
            carrier_key: message_id::key(&carriers),
            message_id: carriers,
            ..case_reply::Model::default()
        };
        work.write(async |tx| keep(tx, row.clone()).await).await?;
        Ok(outcome)
    }
}

/// `None` when it went out already, is public no more, or there is nobody to write to.
async fn compose(tx: &Tx, case: Uuid, comment: Uuid) -> Result<Option<Answer>> {
    let Some(said) = notes::said_in_public(tx, comment).await? else { return Ok(None) };
    let Some(case) = tx.find::<cases::Entity>().ids([case]).await?.pop() else { return Ok(None) };
    if tx.find::<Reply>().filter(case_reply::Column::CommentId.eq(comment)).count(1).await? > 0 {
        return Ok(None);
    }
    let Some(mail) = latest(tx, case.id).await? else { return Ok(None) };
    let Some(mailbox) = tx.find::<mailbox::Entity>().ids([mail.mailbox_id]).await?.pop() else { return Ok(None) };
    let elsewhere = mail.reply_to.clone().filter(|to| !to.eq_ignore_ascii_case(&mailbox.address));
    let Some(address) = elsewhere.or_else(|| mail.from_address.clone()) else { return Ok(None) };
    let org_name = tx.org_name().await?;
    let author = match said.by {
        Some(user) => tx.people([user]).await?.remove(&user).map(|person| person.name),
        None => None,
    };
    let mut references = mail.reference_ids.0;
    references.extend(mail.message_id.clone());
    let subject = mail.subject.unwrap_or_else(|| case.name.clone());
    Ok(Some(Answer {
        to: Recipient { name: mail.from_name.unwrap_or_default(), address },
        thread: Thread {
            in_reply_to: mail.message_id,
            references,
            from_name: format!("{} ({org_name})", mailbox.name),
            reply_to: mailbox.address,
        },
        words: CaseAnswer {
            subject: bare(&subject).to_owned(),
            answer: said.body,
            author_name: author.unwrap_or_else(|| org_name.clone()),
            org_name,
        },
        answers: mail.id,
    }))
}

/// The customer's last word.
async fn latest(tx: &Tx, case: Uuid) -> Result<Option<inbox::Model>> {
    let theirs = Condition::all().add(Column::CaseId.eq(case)).add(Column::Status.eq(MailStatus::Stored));
    let mails = tx.find::<inbox::Entity>().filter(theirs).all(MOST).await?;
    Ok(mails.into_iter().max_by_key(|mail| (mail.created_at, mail.id)))
}

/// Mails of one case that are looked at.
const MOST: u64 = 1_000;

async fn keep(tx: &Tx, row: case_reply::Model) -> Result<()> {
    let (case, to) = (row.case_id, row.to_address.clone());
    let comment = row.comment_id;
    tx.insert::<Reply>(row, Fields::none()).await?;
    let told = Fields::none().with("to", None::<&str>, to).with("comment_id", None::<Uuid>, comment);
    tx.log_on("case", case, "answered_by_mail", told).await
}

/// A subject without what answers put before it (RFC 5322, 3.6.5, and what it is in other languages).
fn bare(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some((before, after)) = rest.split_once(':') {
        if !["re", "aw", "sv", "antw", "r", "rif", "odp"].contains(&before.trim().to_lowercase().as_str()) {
            break;
        }
        rest = after.trim_start();
    }
    if rest.is_empty() { subject.trim() } else { rest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_called_one_once() {
        for (subject, known_as) in [
            ("Re: Re: The lift", "The lift"),
            ("AW: RE: Der Aufzug: er steht", "Der Aufzug: er steht"),
            ("Invoice: 12", "Invoice: 12"),
            ("Re:", "Re:"),
        ] {
            assert_eq!(bare(subject), known_as);
        }
    }
}
