//! The sums of a forecast, from opportunities that the actor may see.

use std::collections::BTreeMap;

use base::{Result, Total, Totals, Tx, value::CurrencyCode};
use chrono::NaiveDate;
use opportunities::{Column, Entity as Opportunity, ForecastCategory};
use rust_decimal::{Decimal, RoundingStrategy};
use uuid::Uuid;

use super::{
    ask::{Ask, By},
    figures::Sums,
    period::Period,
};

/// What a line is about: its period (`None`: expected to close on no day), whose it is, and its currency.
pub type Place = (Option<Period>, Option<Uuid>, Option<String>);
pub type Lines = BTreeMap<Place, Sums>;

/// The most groups of one question: sixty months, their categories and currencies, and owners.
const MOST: u64 = 50_000;

/// One statement, whatever is asked.
pub async fn gather(tx: &Tx, ask: &Ask, teams: &[Uuid]) -> Result<Lines> {
    let (mut questions, mut whose) = (Vec::new(), Vec::new());
    let of_whom: Vec<Option<Uuid>> = match ask.asked.by {
        Some(By::Team) => teams.iter().copied().map(Some).collect(),
        _ => vec![None],
    };
    for team in of_whom {
        for question in [
            asked(tx, ask, team).any_of(Column::ForecastCategory, counted()).within(Column::ClosedOn, ask.from, ask.to),
            asked(tx, ask, team).any_of(Column::ForecastCategory, ForecastCategory::OPEN).without(Column::ClosedOn),
        ] {
            questions.push(question.sum(Column::Amount).sum_times(Column::Amount, Column::Probability));
            whose.push(team);
        }
    }
    let mut lines = Lines::new();
    for (team, totals) in whose.into_iter().zip(Totals::together(questions, MOST).await?) {
        for total in totals {
            let period = total.key::<Option<String>>(0)?.and_then(|month| first_of(&month)).map(|day| ask.period(day));
            let whose = team.or(total.key(4)?);
            lines.entry((period, whose, total.key(1)?)).or_default().add(&total)?;
        }
    }
    for ((_, _, currency), sums) in &mut lines {
        let places =
            currency.as_deref().and_then(|code| CurrencyCode::parse(code).ok()).map_or(2, opportunities::places);
        sums.weighted = sums.weighted.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    }
    Ok(lines)
}

fn counted() -> impl Iterator<Item = ForecastCategory> {
    ForecastCategory::OPEN.into_iter().chain([ForecastCategory::Won])
}

/// Of whom, and by what.
fn asked<'t>(tx: &'t Tx, ask: &Ask, team: Option<Uuid>) -> Totals<'t, Opportunity> {
    let mut totals = tx
        .find::<Opportunity>()
        .totals()
        .by_month(Column::ClosedOn)
        .by(Column::Currency)
        .by(Column::ForecastCategory)
        .by_before(Column::ClosedOn, ask.today);
    for team in [team, ask.asked.team].into_iter().flatten() {
        totals = totals.assigned_in(teams::principals(tx.actor().org(), team));
    }
    if let Some(owner) = ask.asked.owner {
        totals = totals.assigned_to([owner]);
    }
    if ask.asked.by == Some(By::Owner) { totals.by_assignee() } else { totals.by_nobody() }
}

/// `2026-11`
fn first_of(month: &str) -> Option<NaiveDate> {
    let (year, month) = month.rsplit_once('-')?;
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)
}

impl Sums {
    fn add(&mut self, total: &Total) -> Result<()> {
        let amount = total.sum(0);
        let category: ForecastCategory = total.key(2)?;
        match category {
            ForecastCategory::Pipeline => self.pipeline += amount,
            ForecastCategory::BestCase => self.best_case += amount,
            ForecastCategory::Commit => self.commit += amount,
            ForecastCategory::Won => {
                self.won += amount;
                self.won_count += total.count;
                return Ok(());
            }
            ForecastCategory::Omitted | ForecastCategory::Lost => return Ok(()),
        }
        self.open_count += total.count;
        self.weighted += total.sum(1) / Decimal::ONE_HUNDRED;
        if total.key::<i32>(3)? == 1 {
            self.slipped += amount;
            self.slipped_count += total.count;
        }
        Ok(())
    }
}
