//! A business calendar is when an organisation works; its SLA policies promise answers in that time.
//!
//! A case asks [`Sla`] what is promised, and [`BusinessHours`] when that is due.

pub mod hours;
mod access;
mod only;
mod calendar;
mod policy;
mod sla;
#[cfg(test)]
mod tests;

pub use calendar::{BusinessPeriod, CalendarsApi, Holiday, Holidays, Week, Weekday};
pub use calendar::{Entity as BusinessCalendar, Model as Calendar};
pub use hours::BusinessHours;
pub use policy::{Entity as SlaPolicy, Model as Policy, SlaPoliciesApi, Target, Targets};
pub use sla::{Priority, Sla};
