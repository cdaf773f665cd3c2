//! What is done with one of a series, or with one and all after it.
//!
//! One that is changed becomes an event of its own, and its day is left out of the series; one that is cancelled is left out
//! alone. One with all after it makes the series end before, and begin anew.

use base::{Beside as _, Checked as _, Error, Faults, Fields, IfMatch, Resource, Result, Tx, Verb, value::Change};
use chrono::{Days, Duration, NaiveDate};
use contacts::{ContactLink, linked};
use notes::{News, living_ties};
use recurrence::End;
use sea_orm::ColumnTrait;
use uuid::Uuid;

use crate::{
    event::{self, Column, Entity, Model},
    event_contact, invite,
    prospects::{self, taking_part},
    said::OccurrenceAnswers,
    view::EventChange,
    when::Occurrence,
    write::Beside,
};

/// The most days that are left out of a series.
const MOST_EXCLUDED: usize = 1_000;

/// Changes the one of this day: the event that it is already, or one that is made of it.
pub async fn change_one(tx: &Tx, id: Uuid, on: NaiveDate, change: EventChange) -> Result<Model> {
    let series = open(tx, id, Verb::CHANGE).await?;
    if let Some(own) = own(tx, id, on).await? {
        return Box::pin(tx.amend::<Entity>(own.id, &IfMatch::default(), |row| change.write(row))).await;
    }
    let one = one(&series, on)?;
    leave_out(tx, &series, series.clone(), on).await?;
    let row = Model {
        sequence: series.sequence + 1,
        starts_local: one.start.into_inner(),
        ends_local: one.end.into_inner(),
        recurrence: None,
        excluded: event::Days::default(),
        series_id: Some(id),
        occurrence_on: Some(on),
        answers: series.answers_on(on),
        occurrence_answers: OccurrenceAnswers::default(),
        ..series.clone()
    };
    copy(tx, &series, row, change).await
}

/// Changes the one of this day and all after it: a series of its own, whose changed ones go with it as long as they keep
/// their days.
pub async fn change_following(tx: &Tx, id: Uuid, on: NaiveDate, change: EventChange) -> Result<Model> {
    let series = open(tx, id, Verb::CHANGE).await?;
    let one = ruled(&series, on)?;
    if one.starts_at == series.when().starts_at() {
        return Box::pin(tx.amend::<Entity>(id, &IfMatch::default(), |row| change.write(row))).await;
    }
    let (moves, when) = (change.moves(), series.when());
    let rest = when.rule.as_ref().map(|rule| match rule.end() {
        End::After(count) => {
            let before = rule.series(when.start.local(), when.zone).all().take_while(|time| time.date() < on).count();
            rule.ending(End::After(count.saturating_sub(u32::try_from(before).unwrap_or(u32::MAX)).max(1)))
        }
        _ => rule.clone(),
    });
    let own = own_from(tx, id, on).await?;
    end_before(tx, &series, &one).await?;
    let still_out =
        if moves { event::Days::default() } else { event::Days(series.excluded.0.range(on..).copied().collect()) };
    let row = Model {
        starts_local: one.start.into_inner(),
        ends_local: one.end.into_inner(),
        recurrence: rest.map(|rule| rule.to_string()),
        excluded: still_out,
        answers: series.answers_from(on),
        occurrence_answers: series.occurrence_answers.clone().after(on),
        uid: None,
        sequence: 0,
        ..series.clone()
    };
    let row = copy(tx, &series, row, change).await?;
    for one in own {
        if moves {
            away(tx, &one).await?;
        } else {
            let after = Model { series_id: Some(row.id), ..one.clone() };
            tx.update::<Entity>(&one, after, Fields::none()).await?;
        }
    }
    Ok(row)
}

/// Cancels the one of this day.
pub async fn cancel_one(tx: &Tx, id: Uuid, on: NaiveDate) -> Result<()> {
    let series = open(tx, id, Verb::CHANGE).await?;
    if let Some(own) = own(tx, id, on).await? {
        return away(tx, &own).await;
    }
    one(&series, on)?;
    let told = Model { sequence: series.sequence + 1, ..series.clone() };
    invite::see_to(tx, &leave_out(tx, &series, told, on).await?).await
}

/// Cancels the one of this day and all after it.
pub async fn cancel_following(tx: &Tx, id: Uuid, on: NaiveDate) -> Result<()> {
    let series = open(tx, id, Verb::CHANGE).await?;
    let one = ruled(&series, on)?;
    if one.starts_at == series.when().starts_at() {
        return trash(tx, id, &IfMatch::default()).await;
    }
    for own in own_from(tx, id, on).await? {
        away(tx, &own).await?;
    }
    end_before(tx, &series, &one).await
}

/// Into the trash, and with a series what was changed of it.
pub async fn trash(tx: &Tx, id: Uuid, seen: &IfMatch) -> Result<()> {
    let row = tx.open::<Entity>(id, Verb::DELETE, seen).await?;
    for own in tx.find::<Entity>().filter(Column::SeriesId.eq(id)).all(MOST).await? {
        away(tx, &own).await?;
    }
    away(tx, &row).await
}

/// Out of the trash, and with a series what went there with it.
pub async fn restore(tx: &Tx, id: Uuid) -> Result<Model> {
    let row = tx.open_trashed::<Entity>(id, Verb::DELETE).await?;
    let with =
        tx.find::<Entity>().trashed().filter(Column::SeriesId.eq(id)).filter(Column::DeletedAt.eq(row.deleted_at));
    for own in with.all(MOST).await? {
        back(tx, &own).await?;
    }
    back(tx, &row).await
}

async fn away(tx: &Tx, row: &Model) -> Result<()> {
    tx.trash::<Entity>(row).await?;
    invite::see_to(tx, row).await
}

/// Everybody is invited anew, in a sequence after the one in which it was cancelled.
async fn back(tx: &Tx, row: &Model) -> Result<Model> {
    let row = tx.restore::<Entity>(row).await?;
    let after = Model { sequence: row.sequence + 2, ..row.clone() };
    let row = tx.update::<Entity>(&row, after, Fields::none()).await?;
    Entity::follow(tx, None, &row).await?;
    Ok(row)
}

/// As many as can be left out, so all of them.
const MOST: u64 = 1_000;

async fn open(tx: &Tx, id: Uuid, verb: Verb) -> Result<Model> {
    tx.open::<Entity>(id, verb, &IfMatch::default()).await
}

/// The event that the one of this day is already.
pub async fn own(tx: &Tx, series: Uuid, on: NaiveDate) -> Result<Option<Model>> {
    tx.find::<Entity>().filter(Column::SeriesId.eq(series)).filter(Column::OccurrenceOn.eq(on)).one().await
}

async fn own_from(tx: &Tx, series: Uuid, on: NaiveDate) -> Result<Vec<Model>> {
    tx.find::<Entity>().filter(Column::SeriesId.eq(series)).filter(Column::OccurrenceOn.gte(on)).all(MOST).await
}

/// The one that the rule has on this day: 404 when there is none.
pub fn ruled(series: &Model, on: NaiveDate) -> Result<Occurrence> {
    series.when().ruled(on).ok_or_else(Error::not_found)
}

/// The same, unless it was left out.
pub fn one(series: &Model, on: NaiveDate) -> Result<Occurrence> {
    if series.when().is_excluded(on) {
        return Err(Error::not_found());
    }
    ruled(series, on)
}

async fn leave_out(tx: &Tx, series: &Model, mut after: Model, on: NaiveDate) -> Result<Model> {
    if series.excluded.0.len() >= MOST_EXCLUDED {
        let detail = "1,000 days are left out of this series already: make another of the rest.";
        return Err(Error::conflict("too_many_exceptions", detail));
    }
    after.excluded.0.insert(on);
    tx.update::<Entity>(series, after, Fields::none()).await
}

async fn end_before(tx: &Tx, series: &Model, one: &Occurrence) -> Result<()> {
    let when = series.when();
    let end = if when.is_all_day() {
        End::With(one.on - Days::new(1))
    } else {
        End::At(one.starts_at - Duration::seconds(1))
    };
    let mut after = series.clone();
    after.recurrence = when.rule.map(|rule| rule.ending(end).to_string());
    after.excluded.0.retain(|day| *day < one.on);
    after.occurrence_answers = after.occurrence_answers.before(one.on);
    after.sequence += 1;
    let row = tx.update::<Entity>(series, after, Fields::none()).await?;
    invite::see_to(tx, &row).await
}

/// Keeps a row that was made of a series, with those who take part in that, and what is changed of it.
async fn copy(tx: &Tx, series: &Model, mut row: Model, mut change: EventChange) -> Result<Model> {
    // It is not the series, which would ask everybody anew.
    row.id = Uuid::nil();
    if change.moves() {
        row.answers.0.clear();
        row.occurrence_answers = OccurrenceAnswers::default();
    }
    let hidden = carry(tx, series.id, &mut change).await?;
    let mut beside: Beside = change.write(&mut row);
    beside.0.news = News::CarriedOver;
    let mut faults = Faults::new();
    let beside = beside.check(tx, None, &mut faults).await?;
    Entity::check(tx, &mut row, Some(series), &mut faults).await?;
    faults.check()?;
    let row = Box::pin(tx.insert::<Entity>(row, beside.fields())).await?;
    beside.keep(tx, &row).await?;
    tx.link::<event_contact::Entity>(hidden.contacts.iter().map(|id| event_contact::Entity::between(row.id, *id)))
        .await?;
    prospects::link(tx, row.id, hidden.leads).await?;
    if row.series_id.is_some() {
        invite::carry(tx, series.id, &row).await?;
    }
    Entity::follow(tx, None, &row).await?;
    Ok(row)
}

/// Those who take part and whom the actor does not see: they go along all the same.
#[derive(Default)]
struct Hidden {
    contacts: Vec<Uuid>,
    leads: Vec<Uuid>,
}

/// Says in the change what the series has and the change does not say.
async fn carry(tx: &Tx, series: Uuid, change: &mut EventChange) -> Result<Hidden> {
    let ties = living_ties::<Entity>(tx, series).await?;
    let mut hidden = Hidden::default();
    for (given, had) in
        [(&mut change.assigned_to, ties.assigned_to), (&mut change.teams, ties.teams), (&mut change.tags, ties.tags)]
    {
        fill(given, had.unwrap_or_default());
    }
    if change.contacts.as_option().is_none() {
        let all = linked::<event_contact::Entity>(tx, &[series]).await?.remove(&series).unwrap_or_default();
        let seen = contacts::names(tx, all.iter().copied()).await?;
        let (seen, unseen) = all.into_iter().partition(|id| seen.contains_key(id));
        (change.contacts, hidden.contacts) = (Change::To(seen), unseen);
    }
    if change.leads.as_option().is_none() {
        let all = taking_part(tx, series).await?;
        let seen = prospects::seen(tx, all.iter().copied()).await?;
        let (seen, unseen) = all.into_iter().partition(|id| seen.contains(id));
        (change.leads, hidden.leads) = (Change::To(seen), unseen);
    }
    Ok(hidden)
}

fn fill(given: &mut Change<Vec<Uuid>>, had: Vec<Uuid>) {
    if given.as_option().is_none() {
        *given = Change::To(had);
    }
}
