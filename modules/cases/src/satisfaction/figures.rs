//! How satisfied customers are: a case counts once, by the last question about it. The score is the share of the two best of five
//! ratings among all answers ("top two box"), as Qualtrics, Intercom and others reckon it: 4 and 5 / answers × 100.

use std::collections::{BTreeMap, HashMap};

use base::{Error, Ref, Result, Tx};
use chrono::{Datelike, Duration, NaiveDate};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::view::{Satisfaction, SatisfactionGroupBy as By, SatisfactionLine};
use crate::case::{Column, Entity};

/// As it was asked.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub by: Option<By>,
}

/// Days when nothing else is said.
const USUAL: i64 = 90;
/// The most days: five years.
const LONGEST: i64 = 5 * 366;
/// The most groups: members of an organisation, times ratings.
const MOST: u64 = 60_000;

/// How many answers of each rating there are; those without are not answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    sent: u64,
    answered: u64,
    satisfied: u64,
    sum: u64,
}

/// What a line is for.
type Group = (Option<String>, Option<Uuid>);

/// # Errors
/// 400 for an end before the beginning, more than five years, or years that are not from 1900 to 9999.
pub async fn show(tx: &Tx, asked: Asked) -> Result<Satisfaction> {
    let today = tx.now().with_timezone(&tx.org_time_zone().await?).date_naive();
    let (from, to) = asked.span(today)?;
    let totals = tx.find::<Entity>().totals().within(Column::SatisfactionAskedOn, from, to);
    let totals = totals.by(Column::SatisfactionRating);
    let totals = match asked.by {
        None => totals,
        Some(By::Month) => totals.by_month(Column::SatisfactionAskedOn),
        Some(By::Owner) => totals.by_assignee(),
        Some(By::Team) => totals.by_holder(teams::holders(tx.actor().org())),
    };
    let mut groups: BTreeMap<Group, Tally> = BTreeMap::new();
    if asked.by.is_none() {
        groups.insert(Group::default(), Tally::default());
    }
    for total in totals.all(MOST).await? {
        let group = match asked.by {
            None => Group::default(),
            Some(By::Month) => (total.key(1)?, None),
            Some(By::Owner) => (None, total.key(1)?),
            Some(By::Team) => (None, Some(total.holder()?)),
        };
        groups.entry(group).or_default().add(total.key(0)?, total.count);
    }
    let names = names(tx, asked.by, groups.keys().filter_map(|(_, whose)| *whose).collect()).await?;
    let mut lines: Vec<SatisfactionLine> = groups.into_iter().map(|at| line(asked.by, at, &names)).collect();
    // By month they are in order; the others by name, and what is nobody's last.
    lines.sort_by_key(|line| {
        let whose = line.owner.as_ref().or(line.team.as_ref()).map(|whose| whose.name.clone());
        (line.month.clone(), whose.is_none(), whose)
    });
    Ok(Satisfaction { from, to, lines })
}

async fn names(tx: &Tx, by: Option<By>, ids: Vec<Uuid>) -> Result<HashMap<Uuid, String>> {
    match by {
        Some(By::Owner) => Ok(tx.people(ids).await?.into_iter().map(|(id, person)| (id, person.name)).collect()),
        Some(By::Team) => teams::names(tx, ids).await,
        _ => Ok(HashMap::new()),
    }
}

fn line(by: Option<By>, ((month, whose), tally): (Group, Tally), names: &HashMap<Uuid, String>) -> SatisfactionLine {
    let whose = whose.and_then(|id| Ref::of(id, names));
    let (owner, team) = if by == Some(By::Team) { (None, whose) } else { (whose, None) };
    let share =
        |part: u64, of: u64| (of > 0).then(|| (Decimal::from(part) / Decimal::from(of)).trunc_with_scale(2).into());
    SatisfactionLine {
        month,
        owner,
        team,
        sent_count: tally.sent,
        answered_count: tally.answered,
        satisfied_count: tally.satisfied,
        csat: share(tally.satisfied * 100, tally.answered),
        average: share(tally.sum, tally.answered),
    }
}

impl Tally {
    fn add(&mut self, rating: Option<i32>, count: u64) {
        self.sent += count;
        let Some(rating) = rating.and_then(|rating| u64::try_from(rating).ok()) else { return };
        self.answered += count;
        self.sum += rating * count;
        if rating >= 4 {
            self.satisfied += count;
        }
    }
}

impl Asked {
    fn span(self, today: NaiveDate) -> Result<(NaiveDate, NaiveDate)> {
        let wrong = |detail: &str| Err(Error::bad_request("invalid_parameter", detail));
        let in_reach = |day: &NaiveDate| (1900..=9999).contains(&day.year());
        if ![self.from, self.to].iter().flatten().all(in_reach) {
            return wrong("`from` and `to` are days of the years 1900 to 9999.");
        }
        let usual = Duration::days(USUAL - 1);
        let to = self.to.unwrap_or_else(|| self.from.map_or(today, |from| today.max(from)));
        let from = self.from.unwrap_or(to - usual);
        if to < from {
            return wrong("`to` is before `from`.");
        }
        if (to - from).num_days() >= LONGEST {
            return wrong("`from` and `to` are more than five years apart.");
        }
        Ok((from, to))
    }
}
