//! The lines of a report, on their way.

use std::collections::{BTreeMap, BTreeSet};

use base::{Error, Listed, Result, Total, Totals, Tx};
use chrono::NaiveDate;
use poem_openapi::Object;

use super::{
    ask::Ask,
    by::{By, Of, names},
};

/// The most lines.
const MOST: usize = 1_000;
/// The most groups of one question: lines, and what each is made of.
const GROUPS: usize = 20_000;

/// What a line of a report is about.
#[derive(Clone, Debug, Object)]
#[oai(rename = "ReportHead")]
pub struct Head {
    /// `2026-11-05`, `2026-W45`, `2026-11`, `2026-Q4` or `2026`, and without `group_by` all of the time: `2026-01-01/2026-11-05`.
    pub period: String,
    /// Its days, as far as they were asked for.
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// The value that `by` asks about, or the id of the member or the team. `null`: what has none, and everything where there is no
    /// `by`.
    pub key: Option<String>,
    /// How that is called.
    pub name: Option<String>,
}

/// Figures of each period (by its place) and of what they are.
pub struct Lines<F>(BTreeMap<(usize, Of), F>);

impl<F: Default> Lines<F> {
    pub fn new() -> Self {
        Self(BTreeMap::new())
    }

    pub fn at(&mut self, period: usize, of: Of) -> &mut F {
        self.0.entry((period, of)).or_default()
    }

    /// A line for each period and each that was met, in this order and by name; without `by` one for each period.
    pub async fn told<L>(mut self, tx: &Tx, ask: &Ask, line: impl Fn(Head, F) -> L) -> Result<Vec<L>> {
        let mut met: BTreeSet<Of> = self.0.keys().map(|(_, of)| of.clone()).collect();
        if met.is_empty() {
            met.insert(Of::All);
        }
        if met.len() * ask.periods.len() > MOST {
            return Err(too_many());
        }
        let names = names(tx, &met).await?;
        let mut met: Vec<(Option<String>, Of)> = met.into_iter().map(|of| (of.name(&names), of)).collect();
        met.sort_by(|a, b| (a.0.is_none(), a).cmp(&(b.0.is_none(), b)));
        let mut lines = Vec::new();
        for (place, period) in ask.periods.iter().enumerate() {
            for (name, of) in &met {
                let figures = self.0.remove(&(place, of.clone())).unwrap_or_default();
                let head = Head {
                    period: period.name.clone(),
                    from: period.from,
                    to: period.to,
                    key: of.key(),
                    name: name.clone(),
                };
                lines.push(line(head, figures));
            }
        }
        Ok(lines)
    }
}

/// What happened at a moment within the time, by period and as `by` splits it: the last two keys.
pub fn at_moments<'t, E: Listed>(
    tx: &Tx,
    ask: &Ask,
    totals: Totals<'t, E>,
    at: E::Column,
    by: &By<E>,
) -> Totals<'t, E> {
    by.split(tx, totals.since(at, ask.start(), ask.end()).by_span(at, ask.later_moments()))
}

/// The same for what happened on a day.
pub fn on_days<'t, E: Listed>(tx: &Tx, ask: &Ask, totals: Totals<'t, E>, on: E::Column, by: &By<E>) -> Totals<'t, E> {
    by.split(tx, totals.within(on, ask.from, ask.to).by_span(on, ask.later_days()))
}

/// The period of a group, whose key stands at `place`, and what it is of.
pub fn place_of<E: Listed>(total: &Total, place: usize, by: &By<E>) -> Result<(usize, Of)> {
    let period: i32 = total.key(place)?;
    Ok((usize::try_from(period).unwrap_or_default(), by.of(total, place + 1)?))
}

/// One more than the most that is taken.
pub const ASKED: u64 = GROUPS as u64 + 1;

/// # Errors
/// 400 for more groups than anybody reads.
pub fn not_too_many<T>(groups: Vec<T>) -> Result<Vec<T>> {
    if groups.len() > GROUPS { Err(too_many()) } else { Ok(groups) }
}

fn too_many() -> Error {
    Error::bad_request("too_many_groups", "This comes to more than 1,000 lines: group by longer periods, or by less.")
}
