use std::collections::BTreeSet;

use base::{Beside as Kept, Checked, Error, Faults, Resource, Result, Tx};
use notes::{News, Ties};

use super::{
    book::{self, Entry},
    choice::{self, Choice},
    facts::Facts,
    staff::Staff,
};
use crate::{
    case::{Entity, Model},
    write::Beside,
};

/// Opens a case of whatever `write` puts onto a blank row. When that names nobody and no team, the routing rules say whose it is,
/// in the same transaction: what was named is never overridden. `sender` is the address that wrote the mail, if one did.
///
/// # Errors
/// As [`Tx::make`](base::Tx::make); 503 when whoever was to get it left at this very moment.
pub async fn open(tx: &Tx, sender: Option<&str>, write: impl FnOnce(&mut Model) -> Beside) -> Result<Model> {
    let mut row = Entity::blank();
    let beside = write(&mut row);
    let ties = &beside.0;
    let is_given = [&ties.assigned_to, &ties.teams].into_iter().flatten().any(|named| !named.is_empty());
    let tags: BTreeSet<_> = ties.tags.iter().flatten().copied().collect();
    let make = async |row: Model| Box::pin(tx.make::<Entity>(|blank| put(blank, row, beside))).await;
    if is_given {
        return make(row).await;
    }
    // Who opens a case lets others wait from its number on: what can be read before that is.
    let rules = book::read(tx).await?;
    let staff = Staff::of(tx, rules.iter()).await?;
    let row = make(row).await?;
    if !row.status.is_closed() {
        Box::pin(route(tx, &row, &Facts::of(&row, tags, sender), &rules, &staff)).await?;
    }
    Ok(row)
}

fn put(blank: &mut Model, row: Model, beside: Beside) -> Beside {
    *blank = row;
    beside
}

async fn route(tx: &Tx, row: &Model, facts: &Facts, rules: &[Entry], staff: &Staff) -> Result<()> {
    for entry in rules.iter().filter(|entry| entry.failed(facts).is_none()) {
        let present = staff.present(entry);
        if present.is_empty() {
            continue;
        }
        if let Some(choice) = choice::take(tx, entry, &present).await? {
            return give(tx, row, entry, choice).await;
        }
    }
    Ok(())
}

/// To a case that is nobody's. It is said in the case's log, by the name that the rule has now.
async fn give(tx: &Tx, row: &Model, entry: &Entry, choice: Choice) -> Result<()> {
    let (members, teams) = match choice {
        Choice::Members(members) => (members, Vec::new()),
        Choice::Team(team) => (Vec::new(), vec![team]),
    };
    let ties = Ties { assigned_to: Some(members), teams: Some(teams), tags: None, news: News::Routed };
    let mut faults = Faults::new();
    let given = Kept::<Entity>::check(ties, tx, None, &mut faults).await?;
    if !faults.is_empty() {
        return Err(Error::unavailable());
    }
    let fields = Checked::<Entity>::fields(&given).with("routing_rule", None::<&str>, &entry.rule.name);
    tx.log::<Entity>(row, "routed", fields).await?;
    Checked::<Entity>::keep(given, tx, row).await
}
