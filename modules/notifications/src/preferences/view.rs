use std::collections::BTreeSet;

use base::{
    Faults, News, View,
    value::{Change, Timezone},
};
use poem_openapi::{
    Object,
    types::{Example, MaybeUndefined},
};
use sea_orm::Iterable;
use uuid::Uuid;

use super::row::{MailSpan, Model, Way};

/// What you want to be told of, where, and when.
#[derive(Clone, Debug, Object)]
pub struct NotificationPreferences {
    /// Your user id.
    pub id: Uuid,
    /// All kinds there are.
    pub kinds: Vec<KindPreference>,
    /// When no mail of this comes; `null`: never.
    pub quiet_hours: Option<QuietHours>,
    /// Where you are: quiet hours and mornings go by it; `null`: the organisation's.
    pub time_zone: Option<Timezone>,
    /// 0 while you have changed nothing, one more with each change.
    pub version: i64,
}

/// How you are told of one kind of thing.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct KindPreference {
    pub kind: News,
    /// Whether it is listed among your notifications.
    pub in_app: bool,
    pub mail: MailSpan,
}

/// From one time of the day to another, over midnight when the second is the smaller one. Mails wait until they end.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct QuietHours {
    #[oai(validator(max_length = 5, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$"))]
    pub from: String,
    #[oai(validator(max_length = 5, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$"))]
    pub to: String,
}

/// What to change of your preferences.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NotificationPreferencesChange {
    /// The kinds that are named; the others stay as they are.
    #[oai(validator(max_items = 20))]
    pub kinds: Change<Vec<KindPreference>>,
    pub quiet_hours: MaybeUndefined<QuietHours>,
    pub time_zone: MaybeUndefined<Timezone>,
}

impl NotificationPreferences {
    pub fn of(member: Uuid, row: Option<&Model>) -> Self {
        let way = |news| row.map_or_else(|| Way::usual(news), |row| row.way(news));
        let kinds = News::iter().map(|kind| {
            let Way { in_app, mail } = way(kind);
            KindPreference { kind, in_app, mail }
        });
        let quiet = row.and_then(|row| row.quiet_from.clone().zip(row.quiet_to.clone()));
        Self {
            id: member,
            kinds: kinds.collect(),
            quiet_hours: quiet.map(|(from, to)| QuietHours { from, to }),
            time_zone: row.and_then(|row| row.time_zone.as_deref()).and_then(|name| Timezone::parse(name).ok()),
            version: row.map_or(0, |row| row.version),
        }
    }
}

impl NotificationPreferencesChange {
    pub fn write(self, row: &mut Model) -> Faults {
        let mut faults = Faults::new();
        let kinds = self.kinds.into_option().unwrap_or_default();
        let different: BTreeSet<News> = kinds.iter().map(|preference| preference.kind).collect();
        if different.len() < kinds.len() {
            faults.add("/kinds", "named_twice", "Each kind may be named once.");
        }
        row.kinds.0.extend(kinds.into_iter().map(|KindPreference { kind, in_app, mail }| (kind, Way { in_app, mail })));
        match self.quiet_hours {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => (row.quiet_from, row.quiet_to) = (None, None),
            MaybeUndefined::Value(QuietHours { from, to }) => {
                if from == to {
                    faults.add("/quiet_hours", "never_ends", "Quiet hours begin and end at different times.");
                }
                (row.quiet_from, row.quiet_to) = (Some(from), Some(to));
            }
        }
        match self.time_zone {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => row.time_zone = None,
            MaybeUndefined::Value(zone) => row.time_zone = Some(zone.into_inner()),
        }
        faults
    }
}

impl View for NotificationPreferences {
    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i64 {
        self.version
    }
}

impl Example for NotificationPreferencesChange {
    fn example() -> Self {
        let kinds = vec![KindPreference { kind: News::Changed, in_app: true, mail: MailSpan::Daily }];
        let quiet_hours = QuietHours { from: "20:00".to_owned(), to: "07:00".to_owned() };
        Self {
            kinds: Change::To(kinds),
            quiet_hours: MaybeUndefined::Value(quiet_hours),
            time_zone: MaybeUndefined::Null,
        }
    }
}
