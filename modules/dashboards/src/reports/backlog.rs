//! How many cases are open, period after period.

use std::collections::BTreeMap;

use ::cases::{Column, Entity};
use base::{Result, Totals, Tx};
use poem_openapi::Object;

use super::{
    answer::Line,
    ask::Ask,
    by::{By, Of},
    cases::CaseReportBy,
    lines::{ASKED, Head, Lines, not_too_many, place_of},
};

/// What became of the open cases in a period.
///
/// A case is open from when it was made until it was closed, in whatever way; one that was opened again was never closed.
/// Priority and type are those of now. What status a case had in the past is not told here.
#[derive(Clone, Debug, Object)]
pub struct BacklogReportLine {
    #[oai(flatten)]
    pub head: Head,
    /// Made in the period.
    pub opened: u64,
    /// Closed in the period.
    pub closed: u64,
    /// Open at the end of the period: as many as before, with those opened and without those closed.
    pub open: u64,
}

#[derive(Default)]
struct Figures {
    opened: u64,
    closed: u64,
    open: u64,
}

/// Those opened and closed: in the first place before the first period, and then in each.
type Moves = Vec<[u64; 2]>;

pub async fn report(tx: &Tx, ask: &Ask, by: Option<CaseReportBy>) -> Result<Vec<BacklogReportLine>> {
    let by = by.map_or(By::Nothing, By::<Entity>::from);
    let mut moves: BTreeMap<Of, Moves> = BTreeMap::new();
    let [opened, closed] = questions(tx, ask, &by);
    for (side, totals) in Totals::together(vec![opened, closed], ASKED).await?.into_iter().enumerate() {
        for total in not_too_many(totals)? {
            let (place, of) = place_of(&total, 0, &by)?;
            let moves = moves.entry(of).or_insert_with(|| vec![[0; 2]; ask.periods.len() + 1]);
            moves[place][side] += total.count;
        }
    }
    let mut lines = Lines::<Figures>::new();
    for (of, moves) in moves {
        let mut open = 0;
        for (place, [opened, closed]) in moves.into_iter().enumerate() {
            open = (open + opened).saturating_sub(closed);
            if let Some(period) = place.checked_sub(1) {
                *lines.at(period, of.clone()) = Figures { opened, closed, open };
            }
        }
    }
    lines.told(tx, ask, BacklogReportLine::of).await
}

/// Of what was not closed before the time began: when it was made, and when it was closed.
fn questions<'t>(tx: &'t Tx, ask: &Ask, by: &By<Entity>) -> [Totals<'t, Entity>; 2] {
    let mut edges = ask.later_moments();
    edges.insert(0, ask.start());
    let all = || tx.find::<Entity>().totals();
    let opened = all().before(Column::CreatedAt, ask.end()).without_before(Column::ClosedAt, ask.start());
    let closed = all().since(Column::ClosedAt, ask.start(), ask.end());
    [opened.by_span(Column::CreatedAt, edges.clone()), closed.by_span(Column::ClosedAt, edges)]
        .map(|totals| by.split(tx, totals))
}

impl BacklogReportLine {
    fn of(head: Head, Figures { opened, closed, open }: Figures) -> Self {
        Self { head, opened, closed, open }
    }
}

impl Line for BacklogReportLine {
    const COLUMNS: &'static [&'static str] = &["opened", "closed", "open"];
}
