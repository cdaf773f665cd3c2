use base::value::{Change, Text, Timezone};
use chrono::NaiveDate;
use poem_openapi::types::Example;

use super::{
    view::{BusinessCalendarChange, NewBusinessCalendar, NewHoliday},
    week::{BusinessPeriod, Weekday},
};

impl Example for NewBusinessCalendar {
    fn example() -> Self {
        Self {
            name: Text::parse("Hamburg office").expect("a name"),
            time_zone: Timezone::parse("Europe/Berlin").expect("a zone"),
            business_hours: vec![
                period(Weekday::Monday, "09:00", "12:30"),
                period(Weekday::Monday, "13:30", "17:30"),
                period(Weekday::Tuesday, "09:00", "17:30"),
            ],
            holidays: vec![NewHoliday {
                date: NaiveDate::from_ymd_opt(2027, 1, 1).expect("a date"),
                name: Text::parse("New Year").expect("a name"),
            }],
            is_default: true,
        }
    }
}

impl Example for BusinessCalendarChange {
    fn example() -> Self {
        Self { holidays: Change::To(vec![]), ..Self::default() }
    }
}

fn period(weekday: Weekday, opens: &str, closes: &str) -> BusinessPeriod {
    BusinessPeriod { weekday, opens: opens.to_owned(), closes: closes.to_owned() }
}
