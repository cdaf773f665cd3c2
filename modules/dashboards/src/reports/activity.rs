//! What members did.

use ::cases::{Column as Case, Entity as Cases};
use ::leads::{Column as Lead, Entity as Leads};
use base::{Listed, Result, Total, Totals, Tx};
use events::{Column as Event, Entity as Events, EventKind, EventStatus};
use opportunities::{Column as Deal, Entity as Deals, Stage};
use poem_openapi::Object;
use tasks::{Column as Task, Entity as Tasks};
use uuid::Uuid;

use super::{
    answer::Line,
    ask::Ask,
    by::{By, Of},
    lines::{ASKED, Head, Lines, at_moments, not_too_many, on_days},
};

/// What a member did in a period, of what is there and may be seen.
#[derive(Clone, Debug, Object)]
pub struct ActivityReportLine {
    #[oai(flatten)]
    pub head: Head,
    #[oai(flatten)]
    pub figures: Activity,
}

#[derive(Clone, Debug, Default, Object)]
#[oai(rename = "ActivityReportFigures")]
pub struct Activity {
    pub leads_created: u64,
    pub opportunities_created: u64,
    /// Those that the member closed as won, by `closed_on`.
    pub opportunities_won: u64,
    pub cases_created: u64,
    /// Those that the member closed, in whatever way.
    pub cases_closed: u64,
    pub tasks_completed: u64,
    /// Meetings that are assigned to the member and marked as held, by when they began. A series counts once, by its first time.
    pub meetings_held: u64,
    /// The same for calls.
    pub calls_held: u64,
}

pub async fn report(tx: &Tx, ask: &Ask) -> Result<Vec<ActivityReportLine>> {
    let mut lines = Lines::<Activity>::new();
    let all = tx.find::<Leads>().totals();
    let made = at_moments(tx, ask, all, Lead::CreatedAt, &By::Column(Lead::CreatedBy));
    count(&mut lines, vec![made], [|activity| &mut activity.leads_created]).await?;

    let made = at_moments(tx, ask, tx.find::<Deals>().totals(), Deal::CreatedAt, &By::Column(Deal::CreatedBy));
    let won = tx.find::<Deals>().totals().any_of(Deal::Stage, [Stage::ClosedWon]);
    let won = on_days(tx, ask, won, Deal::ClosedOn, &By::Column(Deal::ClosedBy));
    let deals: [Figure; 2] =
        [|activity| &mut activity.opportunities_created, |activity| &mut activity.opportunities_won];
    count(&mut lines, vec![made, won], deals).await?;

    let made = at_moments(tx, ask, tx.find::<Cases>().totals(), Case::CreatedAt, &By::Column(Case::CreatedBy));
    let closed = at_moments(tx, ask, tx.find::<Cases>().totals(), Case::ClosedAt, &By::Column(Case::ClosedBy));
    let cases: [Figure; 2] = [|activity| &mut activity.cases_created, |activity| &mut activity.cases_closed];
    count(&mut lines, vec![made, closed], cases).await?;

    let all = tx.find::<Tasks>().totals();
    let completed = at_moments(tx, ask, all, Task::CompletedAt, &By::Column(Task::CompletedBy));
    count(&mut lines, vec![completed], [|activity| &mut activity.tasks_completed]).await?;

    let held = [EventKind::Meeting, EventKind::Call].map(|kind| {
        let held = tx.find::<Events>().totals().any_of(Event::Status, [EventStatus::Held]).any_of(Event::Kind, [kind]);
        at_moments(tx, ask, held, Event::StartsAt, &By::Owner)
    });
    let events: [Figure; 2] = [|activity| &mut activity.meetings_held, |activity| &mut activity.calls_held];
    count(&mut lines, held.into(), events).await?;
    lines.told(tx, ask, |head, figures| ActivityReportLine { head, figures }).await
}

/// Where a number belongs.
type Figure = fn(&mut Activity) -> &mut u64;

/// Counts what each question finds, all in one statement; what no member did is left out.
async fn count<E: Listed, const N: usize>(
    lines: &mut Lines<Activity>,
    questions: Vec<Totals<'_, E>>,
    figures: [Figure; N],
) -> Result<()> {
    for (totals, figure) in Totals::together(questions, ASKED).await?.into_iter().zip(figures) {
        for total in not_too_many(totals)? {
            if let Some((period, member)) = by_member(&total)? {
                *figure(lines.at(period, Of::Member(Some(member)))) += total.count;
            }
        }
    }
    Ok(())
}

fn by_member(total: &Total) -> Result<Option<(usize, Uuid)>> {
    let period = usize::try_from(total.key::<i32>(0)?).unwrap_or_default();
    Ok(total.key::<Option<Uuid>>(1)?.map(|member| (period, member)))
}

impl Line for ActivityReportLine {
    const COLUMNS: &'static [&'static str] = &[
        "leads_created",
        "opportunities_created",
        "opportunities_won",
        "cases_created",
        "cases_closed",
        "tasks_completed",
        "meetings_held",
        "calls_held",
    ];
}
