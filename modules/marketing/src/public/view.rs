use base::value::{Email, Note, Phone, Text, WebUrl};
use poem_openapi::{ApiResponse, Enum, Object, payload::Json, types::Example};

use crate::message::MessageReason;

/// What a visitor filled in. A form may require more of it; it must say something.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewSubmission {
    /// What it is about.
    pub title: Option<Text<255>>,
    /// First and last name in one, where a page asks for them so.
    pub name: Option<Text<255>>,
    pub first_name: Option<Text<255>>,
    pub last_name: Option<Text<255>>,
    pub email: Option<Email>,
    pub phone: Option<Phone>,
    pub company_name: Option<Text<255>>,
    pub job_title: Option<Text<255>>,
    pub website: Option<WebUrl<500>>,
    pub message: Option<Note<8_000>>,
    /// Hide this field from people: what fills it in is a program, and nothing comes of it.
    pub fax: Option<Note<8_000>>,
    /// Milliseconds between showing the page and sending the form, by the visitor's own clock.
    #[oai(validator(minimum(value = "0")))]
    pub elapsed_ms: Option<i64>,
}

/// A message to answer.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewContactMessage {
    pub name: Text<255>,
    pub email: Email,
    /// Not blank.
    pub message: Note<8_000>,
    /// `general` when absent.
    pub reason: Option<MessageReason>,
    /// Hide this field from people: what fills it in is a program, and nothing comes of it.
    pub fax: Option<Note<8_000>>,
    /// Milliseconds between showing the page and sending the form, by the visitor's own clock.
    #[oai(validator(minimum(value = "0")))]
    pub elapsed_ms: Option<i64>,
}

/// That it came in. What became of it is not told.
#[derive(Clone, Debug, Object)]
pub struct Receipt {
    pub status: ReceiptStatus,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum ReceiptStatus {
    Received,
}

#[derive(Clone, Debug, ApiResponse)]
pub enum Accepted {
    /// It came in
    #[oai(status = 202)]
    Received(Json<Receipt>),
}

impl Accepted {
    pub fn received() -> Self {
        Self::Received(Json(Receipt { status: ReceiptStatus::Received }))
    }
}

impl Example for NewSubmission {
    fn example() -> Self {
        Self {
            name: Text::parse("Nadia Okafor").ok(),
            email: Email::parse("nadia@bluekettle.example").ok(),
            company_name: Text::parse("Blue Kettle Ltd").ok(),
            message: Note::parse("Do you deliver to Leeds?").ok(),
            elapsed_ms: Some(42_000),
            ..Self::default()
        }
    }
}

impl Example for NewContactMessage {
    fn example() -> Self {
        Self {
            name: Text::parse("Nadia Okafor").expect("a name"),
            email: Email::parse("nadia@bluekettle.example").expect("an address"),
            message: Note::parse("Where is my order?").expect("a message"),
            reason: Some(MessageReason::Support),
            fax: None,
            elapsed_ms: Some(42_000),
        }
    }
}
