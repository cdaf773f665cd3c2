//! What a mail makes of a case.

use base::{Error, IfMatch, Resource, Result, Tx, value::Note};
use cases::{Case, CaseStatus, Entity, Watchers};
use contacts::{Contact, People};
use notes::{Ties, Visibility, living_ties};
use uuid::Uuid;

use crate::{inbox, mailbox};

/// A new one, as the mailbox says: named by the subject, described by the mail's words. When the mailbox names nobody, the routing
/// rules say whose it is.
pub async fn open(tx: &Tx, mailbox: &mailbox::Model, contact: Option<&Contact>, mail: &inbox::Model) -> Result<Case> {
    let ties = living_ties::<mailbox::Entity>(tx, mailbox.id).await?;
    let write = |row: &mut Case| {
        let from = mail.from_address.as_deref().unwrap_or_default();
        row.name = mail.subject.clone().unwrap_or_else(|| format!("Mail from {from}"));
        row.description = Some(mail.text.clone()).filter(|text| !text.is_empty());
        row.priority = mailbox.priority;
        row.case_type = mailbox.case_type;
        row.account_id = contact.and_then(|contact| contact.account_id);
        row.is_active = true;
        let people = Some(contact.iter().map(|contact| contact.id).collect());
        (ties, (People::from(people), Watchers::default()))
    };
    Box::pin(cases::open(tx, mail.from_address.as_deref(), write)).await
}

/// A public comment in the customer's words. Who waited for the customer, or had helped them, has to look again.
pub async fn go_on(tx: &Tx, case: &Case, mail: &inbox::Model) -> Result<Uuid> {
    let comment = notes::say_on::<Entity>(tx, case.id, words(mail)?, Visibility::Public).await?;
    if matches!(case.status, CaseStatus::Pending | CaseStatus::Closed) {
        let reopen = |row: &mut Case| {
            row.status = CaseStatus::Assigned;
            leave()
        };
        Box::pin(tx.amend::<Entity>(case.id, &IfMatch::ANY, reopen)).await?;
    }
    Ok(comment)
}

fn leave() -> <Entity as Resource>::Beside {
    (Ties::default(), (People::default(), Watchers::default()))
}

/// Who says it stands above, for no member does.
fn words(mail: &inbox::Model) -> Result<Note<10_000>> {
    let from = mail.from_address.as_deref().unwrap_or_default();
    let who = match &mail.from_name {
        Some(name) => format!("{name} <{from}>"),
        None => from.to_owned(),
    };
    let text = if mail.text.is_empty() { "(no text)" } else { &mail.text };
    Note::parse(&format!("{who} wrote:\n\n{text}")).map_err(Error::internal)
}
