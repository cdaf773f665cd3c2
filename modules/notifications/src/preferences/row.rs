use std::collections::BTreeMap;

use base::{Access, News, Reach, Verb, record};
use poem_openapi::Enum;
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::span::Span;

/// The wishes of one member; who has none of their own has no row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "notification_preference")]
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

    pub member_user_id: Uuid,
    pub kinds: Ways,
    /// `HH:MM` by the member's clock; both or neither.
    pub quiet_from: Option<String>,
    pub quiet_to: Option<String>,
    /// IANA; the organisation's when missing.
    pub time_zone: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Ways(pub BTreeMap<News, Way>);

/// How a member is told of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    pub in_app: bool,
    pub mail: MailSpan,
}

/// Whether something is told by mail, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Enum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case", rename = "NotificationMail")]
pub enum MailSpan {
    Off,
    Immediately,
    /// Gathered, on the hour.
    Hourly,
    /// Gathered, at seven in the morning.
    Daily,
    /// Gathered, on Mondays at seven in the morning.
    Weekly,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("notification_preference");

/// One's own, and nobody asks for another's.
impl Access for Entity {
    const OBJECT: &'static str = "notification_preference";
    const VERBS: &'static [Verb] = &[];
    const REACH: Reach = Reach::Subject;
}

impl Way {
    /// For who has said nothing: what is for oneself alone comes by mail, what happens all day does not.
    pub fn usual(news: News) -> Self {
        let mail = match news {
            News::Assigned | News::Mentioned | News::TaskDue | News::EventSoon => MailSpan::Immediately,
            News::Changed | News::Commented => MailSpan::Off,
        };
        Self { in_app: true, mail }
    }

    /// The kind of mail in which it is gathered.
    pub fn digest(self) -> Option<Span> {
        match self.mail {
            MailSpan::Off | MailSpan::Immediately => None,
            MailSpan::Hourly => Some(Span::Hourly),
            MailSpan::Daily => Some(Span::Daily),
            MailSpan::Weekly => Some(Span::Weekly),
        }
    }
}

impl Model {
    pub fn way(&self, news: News) -> Way {
        self.kinds.0.get(&news).copied().unwrap_or_else(|| Way::usual(news))
    }
}
