use base::{Faults, Resource, Result, Tx};
use chrono::Duration;

use crate::{
    about,
    event::{Days, Entity, Model},
    invite, reminder,
    said::OccurrenceAnswers,
    show,
    view::EventView,
    when::When,
    write::Beside,
};

impl Resource for Entity {
    type View = EventView;
    type Beside = Beside;

    async fn check(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
        if row.time_zone.is_empty() {
            tx.org_time_zone().await?.name().clone_into(&mut row.time_zone);
        }
        let when = row.when();
        time(&when, faults);
        if row.series_id.is_some() && row.recurrence.is_some() {
            faults.add("/recurrence", "one_of_a_series", "One of a series does not come again itself.");
        }
        if let Some(rule) = &when.rule
            && !rule.series(when.start.local(), when.zone).begins()
        {
            faults.add("/recurrence", "not_in_series", "The start must be the first time that the rule has.");
        }
        // What is made of a series has an id yet to come.
        if let Some(before) = before.filter(|before| before.id == row.id && !row.is_at_the_time_of(before)) {
            row.ask_anew(before, tx);
        }
        if let Some(before) = before.filter(|before| before.id == row.id && !row.reads_like(before)) {
            row.sequence = before.sequence + 1;
        }
        about::check(tx, row, before, faults).await
    }

    async fn follow(tx: &Tx, _: Option<&Model>, row: &Model) -> Result<()> {
        reminder::set(tx, row).await?;
        invite::see_to(tx, row).await
    }

    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<EventView>> {
        show::show(tx, rows).await
    }
}

/// The longest that an event takes. Lists of a span of time look so far back for what is still under way.
pub const LONGEST: Duration = Duration::days(31);

pub fn time(when: &When, faults: &mut Faults) {
    if when.start.is_day() != when.end.is_day() {
        faults.add("/end", "not_alike", "Start and end are both days, or both times.");
    } else if when.end.local() < when.start.local() {
        faults.add("/end", "before_start", "The end is not before the start.");
    } else if when.end.local() - when.start.local() > LONGEST {
        faults.add("/end", "too_long", "An event takes 31 days at most.");
    }
}

impl Model {
    pub fn is_at_the_time_of(&self, other: &Self) -> bool {
        let time = |event: &Self| {
            let Self { starts_local, ends_local, time_zone, recurrence, .. } = event.clone();
            (starts_local, ends_local, time_zone, recurrence)
        };
        time(self) == time(other)
    }

    /// Whether an invitation says the same of both.
    fn reads_like(&self, other: &Self) -> bool {
        let words = |event: &Self| {
            let Self { title, status, description, place, link, .. } = event.clone();
            (title, status, description, place, link)
        };
        self.is_at_the_time_of(other) && self.excluded == other.excluded && words(self) == words(other)
    }

    /// At another time everybody is asked anew, but for whoever moved it. Of the days that were left out of a series those stay
    /// that the series still has.
    fn ask_anew(&mut self, before: &Self, tx: &Tx) {
        let me = tx.actor().user().map(|user| user.to_string());
        self.answers.0.retain(|who, _| Some(who) == me.as_ref());
        self.occurrence_answers = OccurrenceAnswers::default();
        let when = self.when();
        if before.recurrence.is_some() {
            let still = self.excluded.0.iter().copied().filter(|day| when.ruled(*day).is_some());
            self.excluded = Days(still.collect());
        }
    }
}
