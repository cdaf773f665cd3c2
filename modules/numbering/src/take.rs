//! Numbers taken from a series. Whoever takes one holds the series until their transaction ends, and a number that is taken in a
//! transaction that fails was never given: so they are without gaps, and none is given twice.

use base::{Error, Fields, IfMatch, Result, Tx, Verb};
use chrono::NaiveDate;
use sea_orm::ColumnTrait;
use uuid::Uuid;

use crate::{
    pattern::Pattern,
    series::{Column, Entity, Model},
};

/// Makes the built-in series of a new organisation.
///
/// # Errors
/// The database's alone.
pub async fn found(tx: &Tx) -> Result<()> {
    let row = Model {
        name: "Invoices".to_owned(),
        pattern: "INV-{year}-{seq:5}".to_owned(),
        is_default: true,
        ..Model::default()
    };
    tx.insert::<Entity>(row, Fields::none()).await?;
    Ok(())
}

/// The series, or the default, held until the transaction ends; `None` when there is no such series.
///
/// # Errors
/// The database's alone.
pub async fn open(tx: &Tx, id: Option<Uuid>) -> Result<Option<Model>> {
    let id = match id {
        Some(id) => Some(id),
        None => tx.find::<Entity>().filter(Column::IsDefault.eq(true)).one().await?.map(|series| series.id),
    };
    let Some(id) = id else { return Ok(None) };
    match tx.open::<Entity>(id, Verb::VIEW, &IfMatch::ANY).await {
        Err(error) if error.is_not_found() => Ok(None),
        series => series.map(Some),
    }
}

/// The next number of a series that is held, for a document of this day.
///
/// # Errors
/// The database's alone.
pub async fn take(tx: &Tx, series: &Model, on: NaiveDate) -> Result<String> {
    let pattern = Pattern::parse(&series.pattern).map_err(Error::internal)?;
    let counted = format!("invoice {} {}", series.id.simple(), pattern.period(on));
    let seq = tx.next_number(counted.trim_end()).await?;
    let after = Model { last_issued_on: Some(on), ..series.clone() };
    tx.update::<Entity>(series, after, Fields::none()).await?;
    Ok(pattern.number(on, seq))
}
