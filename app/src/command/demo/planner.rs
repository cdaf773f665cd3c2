use base::{Faults, Result, Tx};
use chrono::{Datelike, Duration, Weekday};
use contacts::People;
use events::{Event, EventKind, EventStatus};
use notes::Ties;
use uuid::Uuid;

/// With the days from today on which they are, when by the clocks of Berlin and for how many minutes, and how they come again.
type Planned = (&'static str, EventKind, i64, (u32, u32), i64, Option<&'static str>);

const EVENTS: &[Planned] = &[
    ("Monday round", EventKind::Meeting, 7, (9, 0), 30, Some("FREQ=WEEKLY")),
    ("Site visit", EventKind::Meeting, 2, (13, 30), 120, None),
    ("Call about the renewal", EventKind::Call, 1, (11, 0), 30, None),
    ("First talk about prices", EventKind::Call, -3, (15, 15), 45, None),
    ("Quarterly review", EventKind::Meeting, 12, (10, 0), 90, Some("FREQ=MONTHLY;INTERVAL=3")),
];

/// Meetings and calls of the two, the one that comes every week on a Monday.
pub async fn fill(tx: &Tx, colleague: Uuid) -> Result<()> {
    let me = tx.actor().user();
    let today = tx.now().date_naive();
    let since_monday = i64::from(today.weekday().num_days_from_monday());
    for (n, (title, kind, days, (hour, minute), minutes, again)) in EVENTS.iter().enumerate() {
        let day = today + Duration::days(if again.is_some() { days - since_monday } else { *days });
        // Nobody meets on a weekend.
        let day = match day.weekday() {
            Weekday::Sat => day + Duration::days(2),
            Weekday::Sun => day + Duration::days(1),
            _ => day,
        };
        let start = day.and_hms_opt(*hour, *minute, 0).unwrap_or_default();
        let local = |time: chrono::NaiveDateTime| time.format("%Y-%m-%dT%H:%M:%S").to_string();
        // A series of the 29th, 30th and 31st would leave months out.
        let start = if day.day() > 28 && again.is_some_and(|rule| rule.contains("MONTHLY")) {
            start - Duration::days(7)
        } else {
            start
        };
        tx.make::<events::Entity>(|row: &mut Event| {
            (*title).clone_into(&mut row.title);
            row.kind = *kind;
            row.status = if *days < 0 { EventStatus::Held } else { EventStatus::Planned };
            row.place = (*kind == EventKind::Meeting).then(|| "Hafenstrasse 12, Hamburg".to_owned());
            row.starts_local = local(start);
            row.ends_local = local(start + Duration::minutes(*minutes));
            "Europe/Berlin".clone_into(&mut row.time_zone);
            row.recurrence = again.map(str::to_owned);
            row.is_busy = true;
            let both = me.into_iter().chain((n % 2 == 0).then_some(colleague)).collect();
            let ties = Ties { assigned_to: Some(both), ..Ties::default() };
            (ties, (People::default(), (events::Prospects::default(), Faults::new())))
        })
        .await?;
    }
    Ok(())
}
