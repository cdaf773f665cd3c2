use base::{
    Ref, Stamp, View,
    value::{Change, Email, Text},
};
use cases::{CasePriority, CaseType};
use notes::TagRef;
use poem_openapi::{
    Object,
    types::{Example, MaybeUndefined},
};
use uuid::Uuid;

/// A mailbox: an address to which customers write.
#[derive(Clone, Debug, Object)]
pub struct MailboxView {
    #[oai(flatten)]
    pub stamp: Stamp,
    pub name: String,
    pub address: String,
    /// What comes in is refused while it is not.
    pub is_active: bool,
    /// Of its cases.
    pub priority: CasePriority,
    pub case_type: Option<CaseType>,
    /// Whether calendars send here what they answer to invitations.
    pub takes_answers: bool,
    /// Those who get its cases; when nobody and no team does, the routing rules say who.
    pub assigned_to: Vec<Ref>,
    pub teams: Vec<Ref>,
    /// What its cases are tagged with.
    pub tags: Vec<TagRef>,
    /// What a mail server delivers with, at `/api/mail/inbound/{key}/`. Shown when it is made, and never again: `null`.
    pub key: Option<String>,
}

/// A mailbox to make, or to put in the place of one.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewMailbox {
    pub name: Text<100>,
    /// Customers write to it, and what members answer goes out with it to reply to. Unique in the organisation.
    pub address: Email,
    #[oai(default = "yes")]
    pub is_active: bool,
    #[oai(default)]
    pub priority: CasePriority,
    pub case_type: Option<CaseType>,
    /// Whether calendars send here what they answer to invitations, and not to whoever made the event; of several such
    /// mailboxes to the one that was made first. It holds for events that are made from then on, and for those that change.
    #[oai(default)]
    pub takes_answers: bool,
    /// User ids of members: they get its cases.
    #[oai(default, validator(max_items = 50))]
    pub assigned_to: Vec<Uuid>,
    #[oai(default, validator(max_items = 50))]
    pub teams: Vec<Uuid>,
    #[oai(default, validator(max_items = 50))]
    pub tags: Vec<Uuid>,
}

/// What to change of a mailbox.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct MailboxChange {
    pub name: Change<Text<100>>,
    pub address: Change<Email>,
    pub is_active: Change<bool>,
    pub priority: Change<CasePriority>,
    pub case_type: MaybeUndefined<CaseType>,
    pub takes_answers: Change<bool>,
    #[oai(validator(max_items = 50))]
    pub assigned_to: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 50))]
    pub teams: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 50))]
    pub tags: Change<Vec<Uuid>>,
}

fn yes() -> bool {
    true
}

impl View for MailboxView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}

impl Example for NewMailbox {
    fn example() -> Self {
        Self {
            name: Text::parse("Support").expect("a name"),
            address: Email::parse("support@harbour-pine.example").expect("an address"),
            is_active: true,
            priority: CasePriority::Normal,
            case_type: Some(CaseType::Question),
            takes_answers: false,
            assigned_to: vec![],
            teams: vec![],
            tags: vec![],
        }
    }
}

impl Example for MailboxChange {
    fn example() -> Self {
        Self { is_active: Change::To(false), case_type: MaybeUndefined::Null, ..Self::default() }
    }
}
