use base::{Faults, Resource, Result, Tx};
use chrono_tz::Tz;
use contacts::People;
use notes::Ties;
use recurrence::Rule;

use crate::{
    about,
    due::Due,
    next, recurrence as again, reminder, show,
    task::{Entity, Model},
    task_contact::Entity as TaskContact,
    view::{TaskStatus, TaskView},
};

impl Resource for Entity {
    type View = TaskView;
    type Beside = (Ties, (People<TaskContact>, Faults));

    async fn check(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
        pipelines::place::<Self>(tx, row, before, faults).await?;
        if row.due_on.is_some() && row.due_at.is_some() {
            faults.add("/due_at", "one_of_two", "Give either due_on or due_at.");
        }
        if row.time_zone.is_some() && row.due_at.is_none() {
            faults.add("/time_zone", "without_due_at", "A time zone goes with due_at.");
        }
        if Due::of(row).is_none() && row.recurrence.is_some() {
            faults.add("/recurrence", "without_due", "What comes again must be due: give due_on or due_at.");
        }
        if Due::of(row).is_none() && !row.reminders.0.is_empty() {
            faults.add("/reminders", "without_due", "Nobody can be reminded of what is never due.");
        }
        about::check(tx, row, before, faults).await?;
        row.anchor(before);
        row.complete(before, tx).await
    }

    async fn follow(tx: &Tx, before: Option<&Model>, row: &Model) -> Result<()> {
        next::make(tx, before, row).await?;
        reminder::set(tx, before, row).await
    }

    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<TaskView>> {
        show::show(tx, rows).await
    }
}

impl Model {
    /// A series is counted from when it was first due. Whoever gives it another rule or another time begins anew.
    fn anchor(&mut self, before: Option<&Self>) {
        let kept = before.filter(|before| before.recurrence == self.recurrence && Due::of(before) == Due::of(self));
        self.recurs_from = match (&self.recurrence, kept) {
            (None, _) => None,
            (Some(_), Some(before)) => before.recurs_from,
            (Some(_), None) => Due::of(self).map(Due::moment),
        };
    }

    /// Who completed it and when, and whether one follows.
    async fn complete(&mut self, before: Option<&Self>, tx: &Tx) -> Result<()> {
        if self.status != TaskStatus::Completed {
            (self.completed_at, self.completed_by) = (None, None);
            return Ok(());
        }
        if before.is_some_and(|before| before.status == TaskStatus::Completed) {
            return Ok(());
        }
        (self.completed_at, self.completed_by) = (Some(tx.now()), tx.actor().user());
        self.is_followed = self.is_followed || self.next_due(tx).await?.is_some();
        Ok(())
    }

    /// When the next of its series is due; `None` when it is the last.
    pub(crate) async fn next_due(&self, tx: &Tx) -> Result<Option<Due>> {
        let (Some(rule), Some(first), Some(due)) = (&self.recurrence, self.recurs_from, Due::of(self)) else {
            return Ok(None);
        };
        let zone = self.zone(tx).await?;
        Ok(Rule::parse(rule).ok().and_then(|rule| again::next(&rule, first, due, zone, tx.now())))
    }

    /// The task's time zone, or else the organisation's.
    pub(crate) async fn zone(&self, tx: &Tx) -> Result<Tz> {
        match self.time_zone.as_deref().and_then(|name| name.parse().ok()) {
            Some(zone) => Ok(zone),
            None => tx.org_time_zone().await,
        }
    }
}
