//! What those who take part say to single times of a series. It stands beside their answer to all of it, so the series stays
//! one: what is changed of it later is changed for them, too.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::event::{Answered, Answers, Model};

/// By the same keys as the answers to all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct OccurrenceAnswers(pub BTreeMap<String, Said>);

/// What one of them says, by the days by which the times are known in the series.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// To that time alone.
    #[serde(default)]
    pub alone: BTreeMap<NaiveDate, Answered>,
    /// To that one and all after it, up to the next of these.
    #[serde(default)]
    pub from: BTreeMap<NaiveDate, Answered>,
}

/// For which times of a series an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    Alone,
    AndFollowing,
}

/// The most that are kept with a series; of more, the earliest days are forgotten. They stay in the log.
const MOST: usize = 2_000;

impl Said {
    fn on(&self, day: NaiveDate) -> Option<Answered> {
        self.alone.get(&day).copied().or_else(|| self.since(day))
    }

    fn since(&self, day: NaiveDate) -> Option<Answered> {
        self.from.range(..=day).next_back().map(|(_, said)| *said)
    }

    fn retain(&mut self, keeps: impl Fn(NaiveDate, Answered) -> bool) {
        self.alone.retain(|day, said| keeps(*day, *said));
        self.from.retain(|day, said| keeps(*day, *said));
    }

    /// The first day that can be forgotten: what is said to all after it is needed until something else is.
    fn earliest(&self) -> Option<NaiveDate> {
        let from = self.from.keys().next().filter(|_| self.from.len() > 1);
        from.into_iter().chain(self.alone.keys().next()).min().copied()
    }
}

impl OccurrenceAnswers {
    /// What somebody says to the time of this day, if not what they say to all.
    pub fn on(&self, who: &str, day: NaiveDate) -> Option<Answered> {
        self.0.get(who)?.on(day)
    }

    /// What they have said to exactly these times.
    pub fn said(&self, who: &str, day: NaiveDate, extent: Extent) -> Option<Answered> {
        let said = self.0.get(who)?;
        let days = if extent == Extent::Alone { &said.alone } else { &said.from };
        days.get(&day).copied()
    }

    /// Keeps it in place of what was said before to the same times; what came since stays.
    pub fn say(&mut self, who: &str, day: NaiveDate, extent: Extent, answered: Answered) {
        let said = self.0.entry(who.to_owned()).or_default();
        match extent {
            Extent::Alone => said.alone.insert(day, answered),
            Extent::AndFollowing => {
                said.retain(|other, there| other < day || there.at > answered.at);
                said.from.insert(day, answered)
            }
        };
        while self.0.values().map(|said| said.alone.len() + said.from.len()).sum::<usize>() > MOST {
            self.forget_earliest();
        }
    }

    /// They have said something to all of it: what they said before to single ones is no more.
    pub fn said_to_all(&mut self, who: &str, at: DateTime<Utc>) {
        if let Some(said) = self.0.get_mut(who) {
            said.retain(|_, there| there.at > at);
        }
        self.0.retain(|_, said| *said != Said::default());
    }

    /// Those to times before this day.
    pub fn before(mut self, day: NaiveDate) -> Self {
        self.keep(|other| other < day);
        self
    }

    /// Those to times from this day on; what was said to it and all after it is said to all of them then.
    pub fn after(mut self, day: NaiveDate) -> Self {
        for said in self.0.values_mut() {
            said.alone.retain(|other, _| *other >= day);
            said.from.retain(|other, _| *other > day);
        }
        self.keep(|_| true);
        self
    }

    fn keep(&mut self, keeps: impl Fn(NaiveDate) -> bool) {
        for said in self.0.values_mut() {
            said.retain(|day, _| keeps(day));
        }
        self.0.retain(|_, said| *said != Said::default());
    }

    fn forget_earliest(&mut self) {
        let earliest = self.0.iter().filter_map(|(who, said)| Some((said.earliest()?, who.clone()))).min();
        if let Some((day, who)) = earliest
            && let Some(said) = self.0.get_mut(&who)
        {
            said.alone.remove(&day);
            if said.from.len() > 1 {
                said.from.remove(&day);
            }
        }
    }
}

impl Model {
    /// The answers as they are to the time of this day.
    pub fn answers_on(&self, day: NaiveDate) -> Answers {
        self.with_answers(|said| said.on(day))
    }

    /// The answers as they are to all times from this day on, but for what is said to single ones.
    pub fn answers_from(&self, day: NaiveDate) -> Answers {
        self.with_answers(|said| said.since(day))
    }

    fn with_answers(&self, pick: impl Fn(&Said) -> Option<Answered>) -> Answers {
        let mut answers = self.answers.clone();
        for (who, said) in &self.occurrence_answers.0 {
            if let Some(said) = pick(said) {
                answers.0.insert(who.clone(), said);
            }
        }
        answers
    }
}
