use base::{Error, Faults, Resource, Result, Stamp, Tx};
use sea_orm::ColumnTrait;

use super::{
    row::{Entity, Model},
    view::BusinessCalendarView,
};
use crate::{only, policy};

impl Resource for Entity {
    type View = BusinessCalendarView;
    type Beside = Faults;

    async fn check(tx: &Tx, row: &mut Model, before: Option<&Model>, _: &mut Faults) -> Result<()> {
        only::make_room::<Self>(tx, row, before).await
    }

    async fn show(_: &Tx, rows: Vec<Model>) -> Result<Vec<BusinessCalendarView>> {
        let view = |row: Model| BusinessCalendarView {
            stamp: Stamp::of(&row),
            name: row.name,
            time_zone: row.time_zone,
            business_hours: row.business_hours.0,
            holidays: row.holidays.0,
            is_default: row.is_default,
        };
        Ok(rows.into_iter().map(view).collect())
    }
}

/// Puts a calendar into the trash that no policy counts by.
///
/// # Errors
/// 409 `calendar_in_use`.
pub async fn trash(tx: &Tx, row: &Model) -> Result<()> {
    let used = tx.find::<policy::Entity>().filter(policy::Column::CalendarId.eq(row.id)).count(1).await?;
    if used > 0 {
        return Err(Error::conflict("calendar_in_use", "An SLA policy counts by this calendar."));
    }
    only::trash::<Entity>(tx, row).await
}
