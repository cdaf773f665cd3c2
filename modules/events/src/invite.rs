//! Invitations: everybody who takes part is told of an event, of what changes in it, and that it is cancelled.
//!
//! One job brings what was told up to what is. It remembers in which sequence of the event somebody was told, so it tells nothing
//! twice, however often it runs.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use async_trait::async_trait;
use base::{Job, Outcome, PublicUrl, Result, Tx, Work, people};
use contacts::linked;
use mail::SendMail;
use notes::tied;
use sea_orm::{ColumnTrait, Condition};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    event::{Entity, Model},
    event_contact,
    ics::Person,
    invited::{self, Column as Invited},
    letter::{AnswerDesk, Attending, Letter},
    prospects,
    view::{Answer, EventStatus},
};

/// Sees to the invitations of an event that was made, changed, cancelled or trashed, unless it is over.
pub async fn see_to(tx: &Tx, row: &Model) -> Result<()> {
    if row.until < tx.now() {
        return Ok(());
    }
    tx.enqueue_at(tx.now(), tx.id(), InviteToEvent { event: row.id }).await
}

/// Finds out whom to tell what of an event, and has them told.
#[derive(Serialize, Deserialize)]
pub struct InviteToEvent {
    pub event: Uuid,
}

#[typetag::serde]
#[async_trait]
impl Job for InviteToEvent {
    fn kind(&self) -> &'static str {
        "invite_to_event"
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        let page = work.tool::<PublicUrl>()?.to("events");
        let told = work.write(async |tx| {
            tx.alone_with(&format!("invitations to {}", self.event)).await?;
            let live = tx.find::<Entity>().ids([self.event]).await?.pop();
            let (row, is_gone) = match live {
                Some(row) => (row, false),
                None => match tx.find::<Entity>().trashed().ids([self.event]).await?.pop() {
                    Some(row) => (row, true),
                    None => return Ok(()),
                },
            };
            if row.until < tx.now() {
                return Ok(());
            }
            let wanted = if is_gone || row.status == EventStatus::Cancelled {
                BTreeMap::new()
            } else {
                attending(tx, &row).await?
            };
            Told::of(tx, work, &row, is_gone, page).await?.bring_up_to(wanted).await
        });
        told.await.map(|()| Outcome::Done)
    }
}

/// What was told of an event so far.
struct Told<'j> {
    tx: &'j Tx,
    work: &'j Work,
    row: &'j Model,
    letter: Letter,
    answers_to: Option<String>,
    /// In which sequence it is cancelled: what is gone is told as the next.
    cancelled_in: i32,
    was: BTreeMap<String, invited::Model>,
    /// Those of them who are members, and see the calendar here.
    members: HashMap<Uuid, people::Person>,
    page: String,
}

impl<'j> Told<'j> {
    async fn of(tx: &'j Tx, work: &'j Work, row: &'j Model, is_gone: bool, page: String) -> Result<Self> {
        let links = tx.links::<invited::Entity>(Invited::EventId.eq(row.id)).await?;
        let members = tx.people(links.iter().filter_map(|link| link.attendee.parse().ok())).await?;
        let was = links.into_iter().map(|link| (link.attendee.clone(), link)).collect();
        let answers_to = work.tool::<Arc<dyn AnswerDesk>>()?.address(tx).await?;
        let letter = Letter::of(tx, row, answers_to.clone()).await?;
        Ok(Self {
            tx,
            work,
            row,
            letter,
            answers_to,
            cancelled_in: row.sequence + i32::from(is_gone),
            was,
            members,
            page,
        })
    }

    async fn bring_up_to(self, wanted: BTreeMap<String, Attending>) -> Result<()> {
        let Self { tx, row, .. } = self;
        for (key, who) in &wanted {
            let before = self.was.get(key);
            if before.is_some_and(|was| was.sequence >= row.sequence) {
                continue;
            }
            self.note(key, who).await?;
            match who.member {
                // Whoever did it knows.
                Some(member) if row.updated_by == Some(member) => {}
                Some(member) => {
                    let tell = TellInvited {
                        event: row.id,
                        sequence: row.sequence,
                        member,
                        is_changed: before.is_some(),
                        answers_to: self.answers_to.clone(),
                    };
                    tx.enqueue_for_once(self.once(key), member, tell).await?;
                }
                None => {
                    let mail = self.letter.invitation(self.once(key), row, who, before.is_some(), row.link.clone());
                    tx.enqueue_at(tx.now(), self.once(key), SendMail(mail)).await?;
                }
            }
        }
        for (key, was) in self.was.iter().filter(|(key, _)| !wanted.contains_key(*key)) {
            tx.unlink::<invited::Entity>(this(row.id, key)).await?;
            let member = key.parse::<Uuid>().ok().filter(|id| self.members.contains_key(id));
            // Whoever did it knows.
            if member.is_some() && row.updated_by == member {
                continue;
            }
            let page = member.map(|_| self.page.clone()).unwrap_or_default();
            let mail = self.letter.cancellation(self.once(key), row, was, self.cancelled_in, page);
            tx.enqueue_at(tx.now(), self.once(key), SendMail(mail)).await?;
        }
        Ok(())
    }

    async fn note(&self, key: &str, who: &Attending) -> Result<()> {
        let tx = self.tx;
        tx.unlink::<invited::Entity>(this(self.row.id, key)).await?;
        let link = invited::Model {
            event_id: self.row.id,
            attendee: key.to_owned(),
            name: who.person.name.clone(),
            address: who.person.email.clone(),
            sequence: self.row.sequence,
            ..invited::Model::default()
        };
        tx.link::<invited::Entity>([link]).await
    }

    /// One job for one attendee, whichever run of this one it is.
    fn once(&self, key: &str) -> Uuid {
        self.work.id_for(Uuid::new_v5(&self.row.id, key.as_bytes()))
    }
}

fn this(event: Uuid, key: &str) -> Condition {
    Condition::all().add(Invited::EventId.eq(event)).add(Invited::Attendee.eq(key))
}

/// Everybody who takes part and can be reached, by key. Whoever made it is not invited; those who are no members only if the
/// event says so.
async fn attending(tx: &Tx, row: &Model) -> Result<BTreeMap<String, Attending>> {
    let mut all = BTreeMap::new();
    let members = tied::<Entity>(tx, &[row.id]).await?.remove(&row.id).unwrap_or_default().assigned_to;
    for (id, people::Person { name, email, is_active }) in tx.people(members.iter().map(|member| member.id)).await? {
        if is_active && row.created_by != Some(id) {
            let answer = row.answer_of(id).0;
            all.insert(id.to_string(), Attending { person: Person { name, email }, member: Some(id), answer });
        }
    }
    if !row.invites {
        return Ok(all);
    }
    let mut add = |key: String, name: String, email: Option<String>, answer| {
        if let Some(email) = email {
            all.entry(key).or_insert(Attending { person: Person { name, email }, member: None, answer });
        }
    };
    let contacts = linked::<event_contact::Entity>(tx, &[row.id]).await?.remove(&row.id).unwrap_or_default();
    for contact in tx.find::<contacts::Entity>().ids(contacts).await? {
        add(contact.id.to_string(), contact.name(), contact.email.clone(), row.answer_of(contact.id).0);
    }
    for lead in tx.find::<leads::Entity>().ids(prospects::taking_part(tx, row.id).await?).await? {
        let name =
            [lead.first_name.clone(), lead.last_name.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        add(lead.id.to_string(), name, lead.email.clone(), row.answer_of(lead.id).0);
    }
    for guest in &row.guests.0 {
        let key = guest.email.to_lowercase();
        let answer = row.answers.0.get(&key).map_or(Answer::NeedsAction, |said| said.answer);
        add(key, guest.name.clone().unwrap_or_default(), Some(guest.email.clone()), answer);
    }
    Ok(all)
}

/// Tells a member by mail of an event that they take part in, if they still do.
#[derive(Serialize, Deserialize)]
pub struct TellInvited {
    pub event: Uuid,
    pub sequence: i32,
    pub member: Uuid,
    pub is_changed: bool,
    /// Where calendars send the answer, when not to whoever made it: what a member may not look up themselves.
    #[serde(default)]
    pub answers_to: Option<String>,
}

#[typetag::serde]
#[async_trait]
impl Job for TellInvited {
    fn kind(&self) -> &'static str {
        "tell_invited"
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        let link = work.tool::<PublicUrl>()?.to(&format!("events/{}", self.event));
        let mail = work.read(async |tx| {
            let Some(row) = tx.find::<Entity>().ids([self.event]).await?.pop() else { return Ok(None) };
            // A later job tells what has changed since.
            if row.sequence != self.sequence || !notes::is_assigned(tx, "event", row.id, self.member).await? {
                return Ok(None);
            }
            let mut people = tx.people([self.member]).await?;
            let Some(people::Person { name, email, is_active: true }) = people.remove(&self.member) else {
                return Ok(None);
            };
            let answer = row.answer_of(self.member).0;
            let who = Attending { person: Person { name, email }, member: Some(self.member), answer };
            let letter = Letter::of(tx, &row, self.answers_to.clone()).await?;
            Ok(Some(letter.invitation(work.id(), &row, &who, self.is_changed, Some(link.clone()))))
        });
        match mail.await? {
            Some(mail) => mail::deliver(work, &mail).await,
            None => Ok(Outcome::Done),
        }
    }
}

/// Whoever was told of a series was told of one that is changed out of it: they are told what changes.
pub async fn carry(tx: &Tx, series: Uuid, row: &Model) -> Result<()> {
    let links = tx.links::<invited::Entity>(Invited::EventId.eq(series)).await?;
    tx.link::<invited::Entity>(links.into_iter().map(|link| invited::Model { event_id: row.id, ..link })).await
}

/// The key of whoever was invited at this address: to the event itself, or to the series that it is of.
pub async fn invited_by_address(tx: &Tx, row: &Model, address: &str) -> Result<Option<String>> {
    let events: Vec<Uuid> = std::iter::once(row.id).chain(row.series_id).collect();
    let links = tx.links::<invited::Entity>(Invited::EventId.is_in(events)).await?;
    Ok(links.into_iter().find(|link| link.address.eq_ignore_ascii_case(address)).map(|link| link.attendee))
}
