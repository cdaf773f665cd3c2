//! Bodies put onto rows.

use base::{
    Faults,
    value::{Change, Timezone, patch_required},
};

use super::{
    row::{Holidays, Model, Week},
    view::{BusinessCalendarChange, NewBusinessCalendar, NewHoliday},
    week::{BusinessPeriod, Holiday, check},
};

impl NewBusinessCalendar {
    pub fn write(self, row: &mut Model) -> Faults {
        let mut faults = Faults::new();
        row.name = self.name.into();
        row.time_zone = self.time_zone.into_inner();
        row.business_hours = week(self.business_hours, &mut faults);
        row.holidays = holidays(self.holidays, &mut faults);
        row.is_default = self.is_default;
        faults
    }
}

impl BusinessCalendarChange {
    pub fn write(self, row: &mut Model) -> Faults {
        let mut faults = Faults::new();
        patch_required(&mut row.name, self.name);
        if let Change::To(zone) = self.time_zone {
            row.time_zone = Timezone::into_inner(zone);
        }
        if let Change::To(periods) = self.business_hours {
            row.business_hours = week(periods, &mut faults);
        }
        if let Change::To(dates) = self.holidays {
            row.holidays = holidays(dates, &mut faults);
        }
        patch_required(&mut row.is_default, self.is_default);
        faults
    }
}

fn week(mut periods: Vec<BusinessPeriod>, faults: &mut Faults) -> Week {
    check(&periods, faults);
    periods.sort_by(|a, b| (a.weekday, &a.opens).cmp(&(b.weekday, &b.opens)));
    Week(periods)
}

fn holidays(dates: Vec<NewHoliday>, faults: &mut Faults) -> Holidays {
    let mut kept: Vec<Holiday> = Vec::with_capacity(dates.len());
    for (place, NewHoliday { date, name }) in dates.into_iter().enumerate() {
        if kept.iter().any(|other| other.date == date) {
            faults.add(format!("/holidays/{place}/date"), "twice", "This date is a holiday already.");
        }
        kept.push(Holiday { date, name: name.into() });
    }
    kept.sort_by_key(|holiday| holiday.date);
    Holidays(kept)
}
