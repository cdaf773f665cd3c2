use base::{Error, Faults, Fields, IfMatch, Result, Tx};
use chrono::NaiveDate;
use numbering::Series;
use uuid::Uuid;

use super::{content, norm, view::NewIssue};
use crate::{
    access::ISSUE,
    check::refuse_issued,
    invoice::{Entity, Model},
    lines::{Made, made},
    reckon::{Reckoned, Sale, reckon},
    settings::{self, Model as Settings},
    show::today,
    state::InvoiceState,
};

/// The invoice is held from the first line on, then the series: of many at once, each waits for its number, and a number that is
/// taken here is given only if all of this is kept.
///
/// # Errors
/// 404, 403 and 412 as for any change; 409 `issued`; 422 for what keeps it from being issued.
pub async fn issue(tx: &Tx, id: Uuid, seen: &IfMatch, new: NewIssue) -> Result<Model> {
    let before = tx.open::<Entity>(id, ISSUE, seen).await?;
    refuse_issued(&before)?;
    let Some(series) = numbering::open(tx, new.series_id).await? else {
        return Err(Error::fault("/series_id", "unknown_reference", "There is no such series."));
    };
    let today = today(tx).await?;
    let date = new.issue_date.unwrap_or(today);
    let (made, settings) = (made(tx, id).await?, settings::current(tx).await?);
    let mut faults = Faults::new();
    dated(&before, &series, (date, today), &mut faults);
    complete(&before, &made, &settings, &mut faults);
    faults.check()?;
    let reckoned = reckon(&Sale::of(&before, &made)).map_err(|faults| Error::faults(faults).at(""))?;
    let after = signed(tx, &before, &series, date, &settings, &reckoned).await?;
    norm::check(&after, &reckoned)?;
    let after = Model { content_hash: Some(content::hash(&after, &made)), ..after };
    tx.update_as::<Entity>(&before, after, "issued", Fields::none()).await
}

/// Not to come, and not before another of the series.
fn dated(row: &Model, series: &Series, (date, today): (NaiveDate, NaiveDate), faults: &mut Faults) {
    if date > today {
        faults.add("/issue_date", "in_future", "An invoice is issued today, or was before.");
    }
    if let Some(last) = series.last_issued_on.filter(|last| date < *last) {
        let told = format!("The last invoice of this series is of {last}: none comes before it.");
        faults.add("/issue_date", "before_last", told);
    }
    if row.due_date.is_some_and(|due| due < date) {
        faults.add("", "due_before_issue", "It would be due before it is issued: say another due date.");
    }
}

/// What no law lets an invoice go without.
fn complete(row: &Model, made: &Made, settings: &Settings, faults: &mut Faults) {
    let mut needed = |there: bool, code: &str, told: &str| {
        if !there {
            faults.add("", code, told);
        }
    };
    needed(!made.lines.is_empty(), "no_lines", "An invoice without lines asks for nothing: put some.");
    needed(!row.buyer.name.is_empty(), "no_buyer_name", "The buyer's name is missing.");
    needed(row.buyer.country.is_some(), "no_buyer_country", "The buyer's country is missing.");
    needed(!settings.seller.name.is_empty(), "no_seller_name", "The invoice settings do not say your name.");
    needed(settings.seller.country.is_some(), "no_seller_country", "The invoice settings do not say your country.");
}

/// With its number, last of all.
async fn signed(
    tx: &Tx,
    before: &Model,
    series: &Series,
    date: NaiveDate,
    settings: &Settings,
    reckoned: &Reckoned,
) -> Result<Model> {
    let mut row = before.clone();
    reckoned.put(&mut row);
    row.state = InvoiceState::Issued;
    row.issue_date = Some(date);
    row.due_date = before.terms.due(date).or(before.due_date);
    row.seller = Some(settings.seller.clone());
    row.bank_account.clone_from(&settings.bank_account);
    row.series_id = Some(series.id);
    (row.issued_at, row.issued_by) = (Some(tx.now()), tx.actor().user());
    row.number = Some(numbering::take(tx, series, date).await?);
    Ok(row)
}
