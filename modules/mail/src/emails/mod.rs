use std::fmt;

use minijinja::{Value, value::Serde};
use serde::{Deserialize, Serialize};

mod account;
mod answer;
mod event;
mod survey;
mod work;

pub use account::{AccountExists, PasswordChanged, ResetPassword, VerifyEmail};
pub use answer::CaseAnswer;
pub use event::{EventCancelled, EventInvitation, EventSoon};
pub use survey::CaseSurvey;
pub use work::{Assigned, CaseAlarm, CaseNews, Invitation, Mentioned, NewFormLead, Notified, NotifiedItem, TaskDue};

/// The list of all e-mails, so that a job's payload is exactly one of them.
macro_rules! emails {
    ($($email:ident = $name:literal),+ $(,)?) => {
        /// Any one of the e-mails. As JSON: `{"email": "<name>", "values": {…}}`.
        #[derive(Clone, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "email", content = "values", deny_unknown_fields)]
        pub enum EmailKind {
            $(#[serde(rename = $name)] $email($email)),+
        }

        impl EmailKind {
            /// The e-mail's name, which is the folder of its templates.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$email(_) => $name),+ }
            }

            pub(crate) fn values(&self) -> Value {
                match self { $(Self::$email(email) => Value::from(Serde(email))),+ }
            }

            /// Every sample of every e-mail, in the order of the list.
            pub fn samples() -> Vec<Self> {
                let mut samples = Vec::new();
                $(samples.extend(<$email as crate::Email>::samples().into_iter().map(Self::from));)+
                samples
            }

            #[cfg(test)]
            pub(crate) const NAMES: &[&str] = &[$(<$email as crate::Email>::NAME),+];
        }

        $(impl From<$email> for EmailKind {
            fn from(email: $email) -> Self {
                Self::$email(email)
            }
        })+
    };
}

emails! {
    VerifyEmail = "verify_email",
    AccountExists = "account_exists",
    ResetPassword = "reset_password",
    PasswordChanged = "password_changed",
    Invitation = "invitation",
    Assigned = "assigned",
    Mentioned = "mentioned",
    NewFormLead = "new_form_lead",
    TaskDue = "task_due",
    Notified = "notified",
    CaseNews = "case_news",
    CaseAlarm = "case_alarm",
    CaseAnswer = "case_answer",
    CaseSurvey = "case_survey",
    EventInvitation = "event_invitation",
    EventCancelled = "event_cancelled",
    EventSoon = "event_soon",
}

impl fmt::Debug for EmailKind {
    /// The name alone: the values may hold a secret link.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
