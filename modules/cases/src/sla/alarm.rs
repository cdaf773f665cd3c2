//! Alarms: a job at the moment at which a promise is at risk, and one at which it is broken.

use std::collections::BTreeSet;

use async_trait::async_trait;
use base::{IfMatch, Job, Outcome, PublicUrl, Result, Tx, Verb, Work, people::Person};
use chrono::{DateTime, Utc};
use mail::{CaseAlarm, Recipient};
use notes::tied;
use sea_orm::{ColumnTrait, Condition};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Level, Promised,
    case_alarm::{Column, Entity as Raised, Model as Alarm},
    promise::{Goal, Phase},
};
use crate::{
    case::{Entity, Model},
    escalation, watchers,
};

/// Sets the alarms of a case whose promises are due at another time than before. Those that were set before find that out.
pub async fn set(tx: &Tx, before: Option<&Model>, row: &Model) -> Result<()> {
    for promised in [Promised::FirstResponse, Promised::Resolution] {
        for level in [Level::Warning, Level::Breach] {
            let at = row.alarm(promised, level);
            let Some(at) = at.filter(|at| before.and_then(|before| before.alarm(promised, level)) != Some(*at)) else {
                continue;
            };
            let alarm = SoundAlarm { case: row.id, promised, level, at };
            tx.enqueue_at(at, alarm.id(), alarm).await?;
        }
    }
    Ok(())
}

impl Model {
    /// When the alarm is to be raised, as things stand.
    fn alarm(&self, promised: Promised, level: Level) -> Option<DateTime<Utc>> {
        let situation = self.situation();
        if situation.phase != Phase::Running || (promised == Promised::FirstResponse && situation.is_answered) {
            return None;
        }
        let Goal { risk_at, due, .. } = self.goal(promised);
        if level == Level::Warning { risk_at } else { due }
    }

    fn goal(&self, promised: Promised) -> Goal {
        match promised {
            Promised::FirstResponse => self.promise().first_response,
            Promised::Resolution => self.promise().resolution,
        }
    }
}

/// Raises an alarm, if it is still to be raised then: tells those who look after the case and those who watch it, and does what
/// the organisation's escalation rules say.
#[derive(Serialize, Deserialize)]
pub struct SoundAlarm {
    pub case: Uuid,
    pub promised: Promised,
    pub level: Level,
    pub at: DateTime<Utc>,
}

impl SoundAlarm {
    fn id(&self) -> Uuid {
        Uuid::new_v5(&self.case, format!("{:?} {:?} {}", self.promised, self.level, self.at).as_bytes())
    }

    /// Whether it is the first of its kind for this case.
    async fn is_first(&self, tx: &Tx) -> Result<bool> {
        let same = Condition::all()
            .add(Column::CaseId.eq(self.case))
            .add(Column::Promised.eq(self.promised))
            .add(Column::Level.eq(self.level));
        if !tx.links::<Raised>(same).await?.is_empty() {
            return Ok(false);
        }
        let alarm = Alarm { case_id: self.case, promised: self.promised, level: self.level, ..Alarm::default() };
        tx.link::<Raised>([alarm]).await?;
        Ok(true)
    }
}

#[typetag::serde]
#[async_trait]
impl Job for SoundAlarm {
    fn kind(&self) -> &'static str {
        "sound_alarm"
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        let sound = work.write(async |tx| {
            if tx.find::<Entity>().ids([self.case]).await?.is_empty() {
                return Ok(());
            }
            let row = tx.open::<Entity>(self.case, Verb::CHANGE, &IfMatch::ANY).await?;
            if row.alarm(self.promised, self.level) != Some(self.at) || !self.is_first(tx).await? {
                return Ok(());
            }
            let mut told = whom(tx, &row).await?;
            told.extend(Box::pin(escalation::escalate(tx, &row, self.promised, self.level)).await?);
            for member in told {
                let tell = TellAlarm { case: row.id, promised: self.promised, level: self.level, at: self.at, member };
                tx.enqueue_for_once(work.id_for(member), member, tell).await?;
            }
            Ok(())
        });
        sound.await.map(|()| Outcome::Done)
    }
}

/// Those to whom it is assigned, or else whoever opened it; and those who watch it.
async fn whom(tx: &Tx, row: &Model) -> Result<BTreeSet<Uuid>> {
    let ties = tied::<Entity>(tx, &[row.id]).await?.remove(&row.id).unwrap_or_default();
    let mut told: BTreeSet<Uuid> = ties.assigned_to.into_iter().map(|member| member.id).collect();
    if told.is_empty() {
        told.extend(row.created_by);
    }
    told.extend(watchers::of(tx, row.id).await?);
    Ok(told)
}

/// Tells a member by mail that a promise is at risk or broken, if the case is still open.
#[derive(Serialize, Deserialize)]
pub struct TellAlarm {
    pub case: Uuid,
    pub promised: Promised,
    pub level: Level,
    pub at: DateTime<Utc>,
    pub member: Uuid,
}

impl TellAlarm {
    fn news(&self, due: &str) -> String {
        let what = match self.promised {
            Promised::FirstResponse => "A first answer",
            Promised::Resolution => "A solution",
        };
        match self.level {
            Level::Warning => format!("{what} is due at {due}."),
            Level::Breach => format!("{what} was due at {due}, and there is none."),
        }
    }
}

#[typetag::serde]
#[async_trait]
impl Job for TellAlarm {
    fn kind(&self) -> &'static str {
        "tell_alarm"
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        let told = work.read(async |tx| {
            let case = tx.find::<Entity>().ids([self.case]).await?.pop();
            let Some(case) = case.filter(|case| !case.status.is_closed()) else { return Ok(None) };
            let (org_name, mut people) = (tx.org_name().await?, tx.people([self.member]).await?);
            let Some(Person { name, email, is_active: true }) = people.remove(&self.member) else { return Ok(None) };
            let due = case.goal(self.promised).due.unwrap_or(self.at).with_timezone(&tx.org_time_zone().await?);
            let news = self.news(&due.format("%H:%M %Z on %-d %B %Y").to_string());
            Ok(Some((Recipient { name, address: email }, org_name, case.title(), news)))
        });
        let Some((to, org_name, case_name, news)) = told.await? else {
            return Ok(Outcome::Done);
        };
        let link = work.tool::<PublicUrl>()?.to(&format!("cases/{}", self.case));
        mail::send(work, to, CaseAlarm { org_name, case_name, news, link }).await
    }
}
