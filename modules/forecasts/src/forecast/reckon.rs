//! A forecast put together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use base::{Ref, Result, Tx};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{
    aims,
    ask::{Ask, Asked, By},
    figures::Sums,
    gather::{Lines, Place, gather},
    period::Period,
    view::{ConvertedLine, Forecast, ForecastLine},
};
use crate::rate::Rates;

/// The most teams of a forecast by team, the first by their names.
const TEAMS: u64 = 50;

pub async fn forecast(tx: &Tx, asked: Asked) -> Result<Forecast> {
    let today = tx.now().with_timezone(&tx.org_time_zone().await?).date_naive();
    let ask = asked.on(today)?;
    let teams = match ask.asked.by {
        Some(By::Team) => tx.find::<teams::team::Entity>().first_by(teams::team::Column::Name, TEAMS).await?,
        _ => Vec::new(),
    };
    let mut names: HashMap<Uuid, String> = teams.into_iter().map(|team| (team.id, team.name)).collect();
    let ids: Vec<Uuid> = names.keys().copied().collect();
    let mut lines = gather(tx, &ask, &ids).await?;
    let count = lines.values().map(|sums| sums.open_count + sums.won_count).sum();
    aims::add(tx, &ask, &mut lines).await?;
    if ask.asked.by == Some(By::Owner) {
        let owners: BTreeSet<Uuid> = lines.keys().filter_map(|(_, owner, _)| *owner).collect();
        names.extend(tx.people(owners).await?.into_iter().map(|(id, person)| (id, person.name)));
    }
    let desk = Desk { ask: &ask, names };
    let (mut converted, mut rates) = (Vec::new(), Vec::new());
    if let Some(into) = ask.asked.into {
        let known = Rates::on(tx, into, ask.asked.rates_on.unwrap_or(today)).await?;
        let met: BTreeSet<String> = lines.keys().filter_map(|(.., currency)| currency.clone()).collect();
        rates = known.of(met);
        converted = convert(&lines, &known).into_iter().map(|(at, sums)| desk.converted(at, sums, &known)).collect();
    }
    Ok(Forecast {
        from: ask.from,
        to: ask.to,
        today,
        group_by: ask.asked.group_by,
        count,
        lines: lines.into_iter().map(|(place, sums)| desk.line(place, sums)).collect(),
        converted,
        rates,
    })
}

type At = (Option<Period>, Option<Uuid>);

/// Each line in one currency, with those currencies that cannot be.
fn convert(lines: &Lines, rates: &Rates) -> BTreeMap<At, (Sums, BTreeSet<String>)> {
    let mut all: BTreeMap<At, (Sums, BTreeSet<String>)> = BTreeMap::new();
    for ((period, whose, currency), sums) in lines {
        let (sum, without) = all.entry((period.clone(), *whose)).or_default();
        sum.open_count += sums.open_count;
        sum.won_count += sums.won_count;
        sum.slipped_count += sums.slipped_count;
        let Some(currency) = currency else { continue };
        let mut worth = sums.clone();
        let known = worth.money().all(|money| match rates.worth(*money, currency) {
            Some(there) => {
                *money = there;
                true
            }
            None => false,
        });
        if !known {
            without.insert(currency.clone());
            continue;
        }
        if let Some(goal) = worth.goal {
            *sum.goal.get_or_insert_default() += goal;
        }
        worth.goal = sum.goal.map(|_| Decimal::ZERO);
        for (all, own) in sum.money().zip(worth.money()) {
            *all += *own;
        }
    }
    for (sum, _) in all.values_mut() {
        for money in sum.money() {
            *money = rates.rounded(*money);
        }
    }
    all
}

struct Desk<'a> {
    ask: &'a Ask,
    names: HashMap<Uuid, String>,
}

impl Desk<'_> {
    /// Its owner and its team.
    fn whose(&self, whose: Option<Uuid>) -> (Option<Ref>, Option<Ref>) {
        let whose = whose.and_then(|id| Ref::of(id, &self.names));
        match self.ask.asked.by {
            Some(By::Owner) => (whose, None),
            Some(By::Team) => (None, whose),
            None => (None, None),
        }
    }

    fn line(&self, (period, whose, currency): Place, mut sums: Sums) -> ForecastLine {
        let (owner, team) = self.whose(whose);
        let goals = std::mem::take(&mut sums.goals);
        ForecastLine { period, owner, team, currency, goals, figures: sums.into() }
    }

    fn converted(
        &self,
        (period, whose): At,
        (sums, without): (Sums, BTreeSet<String>),
        rates: &Rates,
    ) -> ConvertedLine {
        let (owner, team) = self.whose(whose);
        ConvertedLine {
            period,
            owner,
            team,
            currency: rates.into_currency(),
            rates_on: rates.day(),
            without_rate: without.into_iter().collect(),
            figures: sums.into(),
        }
    }
}
