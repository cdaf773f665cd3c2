//! Who has how much of what is open, for those who may see all of it.

use std::collections::BTreeMap;

use base::{Listed, Ref, Result, Scope, Total, Totals, Tx, Verb, access};
use cases::CaseStatus;
use chrono::NaiveDate;
use chrono_tz::Tz;
use leads::LeadStatus;
use opportunities::Stage;
use uuid::Uuid;

use super::view::{DashboardAmount, DashboardCompany, DashboardHolder};

/// Members and teams that are shown, each.
const MOST: usize = 200;
/// More groups than members or teams times currencies.
const GROUPS: u64 = 50_000;

#[derive(Default)]
struct Figures {
    leads: u64,
    opportunities: Vec<DashboardAmount>,
    cases: u64,
    tasks: u64,
}

/// Those of members, and those of teams.
type Holders = [BTreeMap<Uuid, Figures>; 2];

pub async fn company(tx: &Tx, today: NaiveDate, zone: Tz) -> Result<Option<DashboardCompany>> {
    let all = [
        access::scope::<leads::Entity>(tx.actor(), Verb::VIEW),
        access::scope::<opportunities::Entity>(tx.actor(), Verb::VIEW),
        access::scope::<cases::Entity>(tx.actor(), Verb::VIEW),
        access::scope::<tasks::Entity>(tx.actor(), Verb::VIEW),
    ];
    if all.iter().any(|scope| *scope != Some(Scope::Org)) {
        return Ok(None);
    }
    let mut holders = Holders::default();
    let leads = || tx.find::<leads::Entity>().totals().any_of(leads::Column::Status, LeadStatus::OPEN);
    let cases = || tx.find::<cases::Entity>().totals().any_of(cases::Column::Status, CaseStatus::OPEN);
    let tasks = || tx.find::<tasks::Entity>().filter(tasks::overdue(today, zone)).totals();
    let worth = || {
        let open = tx.find::<opportunities::Entity>().totals().any_of(opportunities::Column::Stage, Stage::OPEN);
        open.sum(opportunities::Column::Amount).by(opportunities::Column::Currency)
    };
    for (of, id, total) in of_each(tx, leads).await? {
        holders[of].entry(id).or_default().leads = total.count;
    }
    for (of, id, total) in of_each(tx, worth).await? {
        let amount = DashboardAmount { currency: total.key(0)?, count: total.count, amount: total.sum(0).into() };
        holders[of].entry(id).or_default().opportunities.push(amount);
    }
    for (of, id, total) in of_each(tx, cases).await? {
        holders[of].entry(id).or_default().cases = total.count;
    }
    for (of, id, total) in of_each(tx, tasks).await? {
        holders[of].entry(id).or_default().tasks = total.count;
    }
    let [members, teams] = holders;
    let people = tx.people(members.keys().copied()).await?;
    let people = people.into_iter().map(|(id, person)| (id, person.name)).collect();
    let names = teams::names(tx, teams.keys().copied()).await?;
    Ok(Some(DashboardCompany { members: shown(members, &people), teams: shown(teams, &names) }))
}

/// What a question comes to for each member and each team, in one statement: the place among the holders, and the id.
async fn of_each<'t, E: Listed>(tx: &'t Tx, question: impl Fn() -> Totals<'t, E>) -> Result<Vec<(usize, Uuid, Total)>> {
    let questions = [tx.members_as_holders(), teams::holders(tx.actor().org())];
    let questions = questions.map(|these| question().by_holder(these));
    let mut all = Vec::new();
    for (of, totals) in Totals::together(questions.into(), GROUPS).await?.into_iter().enumerate() {
        for total in totals {
            all.push((of, total.holder()?, total));
        }
    }
    Ok(all)
}

/// By name, the first of them.
fn shown(holders: BTreeMap<Uuid, Figures>, names: &std::collections::HashMap<Uuid, String>) -> Vec<DashboardHolder> {
    let mut shown: Vec<DashboardHolder> = holders
        .into_iter()
        .filter_map(|(id, mut figures)| {
            figures.opportunities.sort_by(|a, b| a.currency.cmp(&b.currency));
            Some(DashboardHolder {
                holder: Ref::of(id, names)?,
                open_leads: figures.leads,
                open_opportunities: figures.opportunities,
                open_cases: figures.cases,
                overdue_tasks: figures.tasks,
            })
        })
        .collect();
    shown.sort_by(|a, b| (&a.holder.name, a.holder.id).cmp(&(&b.holder.name, b.holder.id)));
    shown.truncate(MOST);
    shown
}
