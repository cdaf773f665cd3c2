use base::{Ref, Result, Stamp, Tx};
use chrono::NaiveDate;
use notes::{Tied, tied_and};
use uuid::Uuid;

use crate::{
    conflicts,
    event::{Answered, Column, Entity, Model},
    event_contact::{self, Column as Contact},
    event_lead::{self, Column as Lead},
    view::{Answer, Attendee, AttendeeKind, EventView, OccurrenceAnswer},
};

/// One by itself, with its conflicts.
pub async fn alone(tx: &Tx, row: Model) -> Result<EventView> {
    let mut view = tx.show::<Entity>(row.clone()).await?;
    view.occurrence_answers = Some(occurrence_answers(&row, &view.attendees));
    view.conflicts = Some(conflicts::of(tx, &row, &view).await?);
    Ok(view)
}

/// Rows as they are shown, in their order, with one more statement however many there are.
pub async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<EventView>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let others = tied_and::<Entity>(tx, &ids, |asked| {
        asked
            .at::<accounts::Entity>(Column::AccountId)
            .at::<opportunities::Entity>(Column::OpportunityId)
            .at::<leads::Entity>(Column::LeadId)
            .at::<contacts::Entity>(Column::ContactId)
            .at::<cases::Entity>(Column::CaseId)
            .through::<event_contact::Entity, contacts::Entity>(Contact::EventId, Contact::ContactId, None)
            .through::<event_lead::Entity, leads::Entity>(Lead::EventId, Lead::LeadId, None)
    });
    let mut tied = others.await?;
    let view = |row: Model| {
        let mut own = tied.remove(&row.id).unwrap_or_default();
        let when = row.when();
        let attendees = attendees(&row, &mut own);
        EventView {
            stamp: Stamp::of(&row),
            title: row.title,
            kind: row.kind,
            status: row.status,
            description: row.description,
            place: row.place,
            link: row.link,
            is_all_day: when.is_all_day(),
            starts_at: when.starts_at(),
            ends_at: when.ends_at(),
            start: when.start,
            end: when.end,
            time_zone: row.time_zone,
            recurrence: row.recurrence,
            excluded: row.excluded.0.into_iter().collect(),
            series_id: row.series_id,
            occurrence_on: row.occurrence_on,
            account: own.at("account_id"),
            opportunity: own.at("opportunity_id"),
            lead: own.at("lead_id"),
            contact: own.at("contact_id"),
            case: own.at("case_id"),
            attendees,
            reminders: row.reminders.0,
            is_busy: row.is_busy,
            invites: row.invites,
            assigned_to: own.assigned_to,
            teams: own.teams,
            tags: own.tags,
            occurrence_answers: None,
            conflicts: None,
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Members first, then contacts, leads and guests.
fn attendees(row: &Model, tied: &mut Tied) -> Vec<Attendee> {
    let known = |kind: AttendeeKind, who: Ref| {
        let said = row.answer_of(who.id);
        Attendee { kind, id: Some(who.id), name: who.name, email: None, answer: said.0, answered_at: said.1 }
    };
    let members = tied.assigned_to.clone().into_iter().map(|who| known(AttendeeKind::Member, who));
    let mut all: Vec<Attendee> = members.collect();
    for (links, kind) in [("event_contact", AttendeeKind::Contact), ("event_lead", AttendeeKind::Lead)] {
        all.extend(tied.through(links).into_iter().map(|(who, _)| known(kind, who)));
    }
    let guests = row.guests.0.iter().map(|guest| {
        let said = row.answers.0.get(&guest.email.to_lowercase());
        Attendee {
            kind: AttendeeKind::Guest,
            id: None,
            name: guest.name.clone().unwrap_or_else(|| guest.email.clone()),
            email: Some(guest.email.clone()),
            answer: said.map_or(Answer::NeedsAction, |said| said.answer),
            answered_at: said.map(|said| said.at),
        }
    });
    all.extend(guests);
    all
}

/// By day, of those who take part and are seen.
fn occurrence_answers(row: &Model, attendees: &[Attendee]) -> Vec<OccurrenceAnswer> {
    let mut all = Vec::new();
    for who in attendees {
        let key = who.id.map(|id| id.to_string()).or_else(|| who.email.as_ref().map(|email| email.to_lowercase()));
        let Some(said) = key.and_then(|key| row.occurrence_answers.0.get(&key)) else { continue };
        for (days, and_following) in [(&said.alone, false), (&said.from, true)] {
            all.extend(days.iter().map(|(on, Answered { answer, at })| OccurrenceAnswer {
                on: *on,
                and_following,
                kind: who.kind,
                id: who.id,
                name: who.name.clone(),
                email: who.email.clone(),
                answer: *answer,
                answered_at: *at,
            }));
        }
    }
    // The sort is stable: those of one day in the order of the attendees.
    all.sort_by_key(|one| (one.on, one.and_following));
    all
}

impl Model {
    /// The same to one time of a series.
    pub fn answer_on(&self, who: Uuid, day: NaiveDate) -> Answer {
        let said = self.occurrence_answers.on(&who.to_string(), day);
        said.map_or_else(|| self.answer_of(who).0, |said| said.answer)
    }

    /// What a member, contact or lead says, and since when. Whoever made it comes, unless they say otherwise.
    pub fn answer_of(&self, who: Uuid) -> (Answer, Option<chrono::DateTime<chrono::Utc>>) {
        match self.answers.0.get(&who.to_string()) {
            Some(Answered { answer, at }) => (*answer, Some(*at)),
            None if self.created_by == Some(who) => (Answer::Accepted, None),
            None => (Answer::NeedsAction, None),
        }
    }
}
