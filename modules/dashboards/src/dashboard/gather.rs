//! The dashboard put together, each part by the module whose it is.

use base::{Record, Result, Tx, Verb, access, value::Timezone};
use notes::Subjects;

use super::{activity, company::company, view::Dashboard, work};

/// Goals that are shown.
const GOALS: u64 = 20;

pub async fn dashboard(tx: &Tx, subjects: &Subjects, zone: Option<Timezone>) -> Result<Dashboard> {
    let zone = match zone {
        Some(zone) => zone.tz(),
        None => tx.org_time_zone().await?,
    };
    let date = tx.now().with_timezone(&zone).date_naive();
    Ok(Dashboard {
        date,
        time_zone: Timezone::parse(zone.name()).unwrap_or(Timezone::UTC),
        tasks: part::<tasks::Entity, _>(tx, work::tasks(tx, date, zone)).await?,
        events: part::<events::Entity, _>(tx, work::events(tx, date, zone)).await?,
        hot_leads: part::<leads::Entity, _>(tx, work::leads(tx)).await?,
        open_opportunities: part::<opportunities::Entity, _>(tx, work::opportunities(tx)).await?,
        cases_at_risk: part::<cases::Entity, _>(tx, work::cases(tx)).await?,
        activity: activity::latest(tx, subjects).await?,
        goals: part::<forecasts::goal::Entity, _>(tx, forecasts::goal::current(tx, date, GOALS)).await?,
        company: company(tx, date, zone).await?,
    })
}

/// A part about records of a kind; `None` for whoever may see none of these.
async fn part<E: Record, T>(tx: &Tx, part: impl Future<Output = Result<T>>) -> Result<Option<T>> {
    match access::scope::<E>(tx.actor(), Verb::VIEW) {
        Some(_) => part.await.map(Some),
        None => Ok(None),
    }
}
