use base::live::Position;
use poem::web::sse::Event;
use poem_openapi::{Object, types::ToJSON};
use uuid::Uuid;

/// Something happened to a record. Fetch it, if you show it.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
pub struct LiveEvent {
    /// `lead`, `task` and so on; `notification` for one of your own.
    #[oai(validator(max_length = 32))]
    pub kind: String,
    pub id: Uuid,
    /// What was done, as its activity calls it: `created`, `changed`, `commented`, `trashed`; `gone` when it was taken from
    /// you and you do not see it any more.
    #[oai(validator(max_length = 32))]
    pub verb: String,
}

/// What lets a browser listen.
#[derive(Clone, Debug, Object)]
pub struct StreamTicket {
    /// For the query of one stream.
    #[oai(validator(max_length = 43))]
    pub ticket: String,
    /// Seconds.
    pub expires_in: i64,
}

/// What is said on a stream, and where the listener stands then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    Change(Position, LiveEvent),
    /// What the listener has may be old in ways that no event tells.
    Refetch(Position),
    /// An `id` without data, which a browser keeps and does not show.
    Heartbeat(Position),
}

impl From<Said> for Event {
    fn from(said: Said) -> Self {
        match said {
            Said::Change(position, event) => {
                Self::message(event.to_json_string()).event_type("change").id(position.to_string())
            }
            Said::Refetch(position) => Self::message("{}").event_type("refetch").id(position.to_string()),
            Said::Heartbeat(position) => Self::message("").id(position.to_string()),
        }
    }
}
