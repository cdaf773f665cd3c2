use base::{
    Stamp, View,
    value::{Change, Text, Timezone},
};
use chrono::NaiveDate;
use poem_openapi::Object;
use uuid::Uuid;

use super::week::{BusinessPeriod, Holiday};

/// A business calendar: when an organisation works.
#[derive(Clone, Debug, Object)]
pub struct BusinessCalendarView {
    #[oai(flatten)]
    pub stamp: Stamp,
    pub name: String,
    pub time_zone: String,
    /// By weekday and time.
    pub business_hours: Vec<BusinessPeriod>,
    /// By date.
    pub holidays: Vec<Holiday>,
    /// The built-in SLA policy counts by it, as long as no other policy is the default.
    pub is_default: bool,
}

/// A date on which no work is done, to be.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct NewHoliday {
    /// In the calendar's time zone.
    pub date: NaiveDate,
    pub name: Text<100>,
}

/// A business calendar to make, or to put in the place of one.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewBusinessCalendar {
    /// Unique in the organisation, whatever the case.
    pub name: Text<100>,
    pub time_zone: Timezone,
    /// Several a day when there are breaks. Without any, no time ever passes and nothing is ever due.
    #[oai(validator(max_items = 100))]
    pub business_hours: Vec<BusinessPeriod>,
    /// Each date once.
    #[oai(default, validator(max_items = 500))]
    pub holidays: Vec<NewHoliday>,
    /// Takes it from the one that was.
    #[oai(default)]
    pub is_default: bool,
}

/// What to change of a business calendar.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct BusinessCalendarChange {
    pub name: Change<Text<100>>,
    pub time_zone: Change<Timezone>,
    /// All of them.
    #[oai(validator(max_items = 100))]
    pub business_hours: Change<Vec<BusinessPeriod>>,
    /// All of them.
    #[oai(validator(max_items = 500))]
    pub holidays: Change<Vec<NewHoliday>>,
    pub is_default: Change<bool>,
}

impl View for BusinessCalendarView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}
