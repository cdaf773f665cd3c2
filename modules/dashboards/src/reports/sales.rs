//! What was won and lost, and how long it took.

use std::collections::BTreeMap;

use base::{
    Measure, Result, Tx,
    value::{Decimals, MoneyTotal, Share},
};
use opportunities::{Column, Entity, Stage};
use poem_openapi::{Enum, Object};
use rust_decimal::{Decimal, RoundingStrategy};

use super::{
    answer::Line,
    ask::Ask,
    by::By,
    lines::{ASKED, Head, Lines, not_too_many, on_days, place_of},
    percent,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum SalesReportBy {
    /// `opportunity_type`.
    Type,
    /// `lead_source`.
    Source,
    CloseReason,
    /// Each member to whom something is assigned; what two members have is in the lines of both.
    Owner,
    /// Each team, with what is assigned to it or to somebody who is in it now.
    Team,
}

/// Opportunities that were closed in a period, by `closed_on`.
///
/// The cycle of one that was won has so many days: from the day in UTC on which it was made to `closed_on`, and 0 when it was
/// made later.
#[derive(Clone, Debug, Object)]
pub struct SalesReportLine {
    #[oai(flatten)]
    pub head: Head,
    pub won: u64,
    pub lost: u64,
    /// `won` of both, cut after two places; `null` where nothing was closed.
    pub win_percent: Option<Share>,
    /// Rounded to two places; `null` where nothing was won, as the other two.
    pub cycle_average_days: Option<Days>,
    /// The least that half of those won did not exceed.
    pub cycle_median_days: Option<i64>,
    /// The least that nine tenths of those won did not exceed.
    pub cycle_p90_days: Option<i64>,
    /// By currency; currencies are never added together.
    pub amounts: Vec<SalesReportAmount>,
}

/// In days.
pub type Days = Decimals<9, 0, 2>;

/// What was closed in a currency. In CSV these are columns: `won_amount_EUR`, `lost_amount_EUR`.
#[derive(Clone, Debug, Object)]
pub struct SalesReportAmount {
    /// `null`: these have no amount.
    pub currency: Option<String>,
    pub won: u64,
    pub won_amount: MoneyTotal,
    pub lost: u64,
    pub lost_amount: MoneyTotal,
}

#[derive(Default)]
struct Figures {
    amounts: BTreeMap<Option<String>, [(u64, Decimal); 2]>,
    cycle: Option<Cycle>,
}

struct Cycle {
    average: Decimal,
    median: i64,
    p90: i64,
}

pub async fn report(tx: &Tx, ask: &Ask, by: Option<SalesReportBy>) -> Result<Vec<SalesReportLine>> {
    let by = by.map_or(By::Nothing, By::<Entity>::from);
    let closed = |stages: &[Stage]| tx.find::<Entity>().totals().any_of(Column::Stage, stages.iter().copied());
    let worth = closed(&[Stage::ClosedWon, Stage::ClosedLost]).sum(Column::Amount);
    let worth = on_days(tx, ask, worth.by(Column::Stage).by(Column::Currency), Column::ClosedOn, &by);
    let mut lines = Lines::<Figures>::new();
    for total in not_too_many(worth.all(ASKED).await?)? {
        let (period, of) = place_of(&total, 2, &by)?;
        let amounts = lines.at(period, of).amounts.entry(total.key(1)?).or_default();
        let [won, lost] = amounts;
        let side = if total.key::<Stage>(0)? == Stage::ClosedWon { won } else { lost };
        *side = (side.0 + total.count, side.1 + total.sum(0));
    }
    let cycles = on_days(tx, ask, closed(&[Stage::ClosedWon]), Column::ClosedOn, &by);
    let days = Measure::Days { from: Column::CreatedAt, to: Column::ClosedOn };
    for spread in not_too_many(cycles.spread(days, ASKED).await?)? {
        let (period, of) = place_of(&spread.total, 0, &by)?;
        let average = Decimal::from(spread.sum) / Decimal::from(spread.total.count.max(1));
        let average = average.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        lines.at(period, of).cycle = Some(Cycle { average, median: spread.median, p90: spread.p90 });
    }
    lines.told(tx, ask, SalesReportLine::of).await
}

impl SalesReportLine {
    fn of(head: Head, Figures { amounts, cycle }: Figures) -> Self {
        let count = |side: usize| amounts.values().map(|sides| sides[side].0).sum::<u64>();
        let (won, lost) = (count(0), count(1));
        Self {
            head,
            won,
            lost,
            win_percent: percent(won, won + lost),
            cycle_average_days: cycle.as_ref().map(|cycle| cycle.average.into()),
            cycle_median_days: cycle.as_ref().map(|cycle| cycle.median),
            cycle_p90_days: cycle.as_ref().map(|cycle| cycle.p90),
            amounts: amounts
                .into_iter()
                .map(|(currency, [won, lost])| SalesReportAmount {
                    currency,
                    won: won.0,
                    won_amount: won.1.into(),
                    lost: lost.0,
                    lost_amount: lost.1.into(),
                })
                .collect(),
        }
    }
}

impl From<SalesReportBy> for By<Entity> {
    fn from(by: SalesReportBy) -> Self {
        match by {
            SalesReportBy::Type => Self::Column(Column::OpportunityType),
            SalesReportBy::Source => Self::Column(Column::LeadSource),
            SalesReportBy::CloseReason => Self::Column(Column::CloseReason),
            SalesReportBy::Owner => Self::Owner,
            SalesReportBy::Team => Self::Team,
        }
    }
}

impl Line for SalesReportLine {
    const COLUMNS: &'static [&'static str] =
        &["won", "lost", "win_percent", "cycle_average_days", "cycle_median_days", "cycle_p90_days"];

    fn more(&self) -> Vec<(String, String)> {
        let amounts = self.amounts.iter().filter_map(|amount| Some((amount.currency.as_deref()?, amount)));
        amounts
            .flat_map(|(currency, amount)| {
                [("won", amount.won_amount), ("lost", amount.lost_amount)]
                    .map(|(side, amount)| (format!("{side}_amount_{currency}"), amount.to_string()))
            })
            .collect()
    }
}
