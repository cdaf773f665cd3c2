use base::{record, ties::Named};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::week::{BusinessPeriod, Holiday};
use crate::{hours::BusinessHours, only::Default as OneDefault};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "business_calendar")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub org_id: Uuid,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
    pub updated_at: DateTimeUtc,
    pub updated_by: Option<Uuid>,
    pub version: i64,
    pub deleted_at: Option<DateTimeUtc>,

    pub name: String,
    /// By its IANA name.
    pub time_zone: String,
    pub business_hours: Week,
    pub holidays: Holidays,
    /// One at most of those that are not in the trash.
    pub is_default: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Week(pub Vec<BusinessPeriod>);

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Holidays(pub Vec<Holiday>);

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("business_calendar");

impl Named for Entity {
    fn name() -> Vec<Column> {
        vec![Column::Name]
    }
}

impl OneDefault for Entity {
    const IS_DEFAULT: Column = Column::IsDefault;

    fn is_default(row: &mut Model) -> &mut bool {
        &mut row.is_default
    }
}

impl Model {
    /// What is counted by.
    pub fn hours(&self) -> BusinessHours {
        let zone = self.time_zone.parse().unwrap_or_default();
        let periods =
            self.business_hours.0.iter().filter_map(|period| Some((period.weekday.into(), period.minutes()?)));
        BusinessHours::new(zone, periods, self.holidays.0.iter().map(|holiday| holiday.date))
    }
}
