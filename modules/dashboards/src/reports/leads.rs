//! Where leads come from, and what becomes of them.

use ::leads::{Column, Entity, LeadStatus};
use base::{Result, Tx, value::Share};
use poem_openapi::{Enum, Object};

use super::{
    answer::Line,
    ask::Ask,
    by::By,
    lines::{ASKED, Head, Lines, at_moments, not_too_many, place_of},
    percent,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum LeadReportBy {
    Source,
    Rating,
    Industry,
    /// Each member to whom something is assigned; what two members have is in the lines of both.
    Owner,
    /// Each team, with what is assigned to it or to somebody who is in it now.
    Team,
}

/// Leads that were made in a period, and what has become of them by now.
#[derive(Clone, Debug, Object)]
pub struct LeadReportLine {
    #[oai(flatten)]
    pub head: Head,
    pub created: u64,
    /// Of these, those that have been converted.
    pub converted: u64,
    /// Closed without.
    pub closed: u64,
    pub open: u64,
    /// `converted` of `created`, cut after two places; `null` where none was made.
    pub conversion_percent: Option<Share>,
}

#[derive(Default)]
struct Figures {
    converted: u64,
    closed: u64,
    open: u64,
}

pub async fn report(tx: &Tx, ask: &Ask, by: Option<LeadReportBy>) -> Result<Vec<LeadReportLine>> {
    let by = by.map_or(By::Nothing, By::<Entity>::from);
    let question = at_moments(tx, ask, tx.find::<Entity>().totals().by(Column::Status), Column::CreatedAt, &by);
    let mut lines = Lines::<Figures>::new();
    for total in not_too_many(question.all(ASKED).await?)? {
        let (period, of) = place_of(&total, 1, &by)?;
        let figures = lines.at(period, of);
        *match total.key::<LeadStatus>(0)? {
            LeadStatus::Converted => &mut figures.converted,
            LeadStatus::Closed => &mut figures.closed,
            LeadStatus::Assigned | LeadStatus::InProcess | LeadStatus::Recycled => &mut figures.open,
        } += total.count;
    }
    lines.told(tx, ask, LeadReportLine::of).await
}

impl LeadReportLine {
    fn of(head: Head, Figures { converted, closed, open }: Figures) -> Self {
        let created = converted + closed + open;
        Self { head, created, converted, closed, open, conversion_percent: percent(converted, created) }
    }
}

impl From<LeadReportBy> for By<Entity> {
    fn from(by: LeadReportBy) -> Self {
        match by {
            LeadReportBy::Source => Self::Column(Column::Source),
            LeadReportBy::Rating => Self::Column(Column::Rating),
            LeadReportBy::Industry => Self::Column(Column::Industry),
            LeadReportBy::Owner => Self::Owner,
            LeadReportBy::Team => Self::Team,
        }
    }
}

impl Line for LeadReportLine {
    const COLUMNS: &'static [&'static str] = &["created", "converted", "closed", "open", "conversion_percent"];
}
