use base::{Error, Faults, Fields, Resource, Result, Stamp, Tx};
use sea_orm::ColumnTrait;

use crate::{
    pattern::Pattern,
    series::{Column, Entity, Model},
    view::SeriesView,
};

impl Resource for Entity {
    type View = SeriesView;
    type Beside = ();

    async fn check(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
        if before.is_some_and(|before| before.last_issued_on.is_some() && before.pattern != row.pattern) {
            return Err(Error::conflict("in_use", "Invoices have numbers of this pattern: make another series."));
        }
        if let Err(wrong) = Pattern::parse(&row.pattern) {
            faults.add("/pattern", "invalid_pattern", wrong);
        }
        default(tx, row, before, faults).await
    }

    async fn show(_: &Tx, rows: Vec<Model>) -> Result<Vec<SeriesView>> {
        let view = |row: Model| SeriesView {
            stamp: Stamp::of(&row),
            name: row.name,
            pattern: row.pattern,
            is_default: row.is_default,
            last_issued_on: row.last_issued_on,
        };
        Ok(rows.into_iter().map(view).collect())
    }
}

/// There is always one: a new one takes it from the one that was.
async fn default(tx: &Tx, row: &Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
    match (before.is_some_and(|before| before.is_default), row.is_default) {
        (true, false) => {
            faults.add("/is_default", "needed", "There is always a default: make another series it.");
        }
        (false, true) => {
            tx.alone_with("the default series").await?;
            for other in tx.find::<Entity>().filter(Column::IsDefault.eq(true)).all(1).await? {
                let after = Model { is_default: false, ..other.clone() };
                tx.update::<Entity>(&other, after, Fields::none()).await?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// # Errors
/// 409 for the default.
pub fn refuse_default(row: &Model) -> Result<()> {
    let told = "There is always a default: make another series it first.";
    if row.is_default { Err(Error::conflict("is_default", told)) } else { Ok(()) }
}
