//! How long customers wait: for an answer, and for a solution.

use ::cases::{CaseStatus, Column, Entity};
use base::{Measure, Result, Spread, Totals, Tx};
use poem_openapi::{Enum, Object};

use super::{
    answer::Line,
    ask::Ask,
    by::By,
    lines::{ASKED, Head, Lines, at_moments, not_too_many, place_of},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum CaseReportBy {
    Priority,
    /// `case_type`.
    Type,
    /// Each member to whom something is assigned; what two members have is in the lines of both.
    Owner,
    /// Each team, with what is assigned to it or to somebody who is in it now.
    Team,
}

/// Cases that were answered in a period, and those that were closed in it.
///
/// Times are seconds of the business time that was promised by: they are taken from the clock of the case's service level, which
/// stands while the case is pending and outside business hours. Priority and type are those of now. `null` where there are none.
#[derive(Clone, Debug, Object)]
pub struct CaseReportLine {
    #[oai(flatten)]
    pub head: Head,
    /// Cases to which a member gave the first public comment in the period.
    pub answered: u64,
    /// The least that half of them did not exceed.
    pub first_response_median_seconds: Option<i64>,
    /// The least that nine tenths of them did not exceed.
    pub first_response_p90_seconds: Option<i64>,
    /// Cases that were closed in the period and still are; not those rejected, and no duplicates.
    pub closed: u64,
    /// One that was opened again counts once, with all of its time.
    pub resolution_median_seconds: Option<i64>,
    pub resolution_p90_seconds: Option<i64>,
}

#[derive(Default)]
struct Figures {
    first_response: Option<Spread>,
    resolution: Option<Spread>,
}

pub async fn report(tx: &Tx, ask: &Ask, by: Option<CaseReportBy>) -> Result<Vec<CaseReportLine>> {
    let by = by.map_or(By::Nothing, By::<Entity>::from);
    let mut lines = Lines::<Figures>::new();
    let answered = at_moments(tx, ask, tx.find::<Entity>().totals(), Column::FirstRespondedAt, &by);
    for (period, of, spread) in spreads(answered, Column::FirstResponseSeconds, &by).await? {
        lines.at(period, of).first_response = Some(spread);
    }
    let closed = tx.find::<Entity>().totals().any_of(Column::Status, [CaseStatus::Closed]);
    let closed = at_moments(tx, ask, closed, Column::ClosedAt, &by);
    for (period, of, spread) in spreads(closed, Column::ClockSeconds, &by).await? {
        lines.at(period, of).resolution = Some(spread);
    }
    lines.told(tx, ask, CaseReportLine::of).await
}

async fn spreads(
    these: Totals<'_, Entity>,
    seconds: Column,
    by: &By<Entity>,
) -> Result<Vec<(usize, super::by::Of, Spread)>> {
    let groups = not_too_many(these.spread(Measure::Number(seconds), ASKED).await?)?;
    let placed =
        groups.into_iter().map(|spread| place_of(&spread.total, 0, by).map(|(period, of)| (period, of, spread)));
    placed.collect()
}

impl CaseReportLine {
    fn of(head: Head, Figures { first_response, resolution }: Figures) -> Self {
        let count = |spread: &Option<Spread>| spread.as_ref().map_or(0, |spread| spread.total.count);
        Self {
            head,
            answered: count(&first_response),
            first_response_median_seconds: first_response.as_ref().map(|spread| spread.median),
            first_response_p90_seconds: first_response.as_ref().map(|spread| spread.p90),
            closed: count(&resolution),
            resolution_median_seconds: resolution.as_ref().map(|spread| spread.median),
            resolution_p90_seconds: resolution.as_ref().map(|spread| spread.p90),
        }
    }
}

impl From<CaseReportBy> for By<Entity> {
    fn from(by: CaseReportBy) -> Self {
        match by {
            CaseReportBy::Priority => Self::Column(Column::Priority),
            CaseReportBy::Type => Self::Column(Column::CaseType),
            CaseReportBy::Owner => Self::Owner,
            CaseReportBy::Team => Self::Team,
        }
    }
}

impl Line for CaseReportLine {
    const COLUMNS: &'static [&'static str] = &[
        "answered",
        "first_response_median_seconds",
        "first_response_p90_seconds",
        "closed",
        "resolution_median_seconds",
        "resolution_p90_seconds",
    ];
}
