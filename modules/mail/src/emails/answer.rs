use serde::{Deserialize, Serialize};

use crate::Email;

/// Answers a customer who wrote a mail.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseAnswer {
    /// The customer's, without the `Re:` before it.
    pub subject: String,
    /// As the member wrote it.
    pub answer: String,
    pub author_name: String,
    pub org_name: String,
}

impl Email for CaseAnswer {
    const NAME: &'static str = "case_answer";

    fn samples() -> Vec<Self> {
        let answer = Self {
            subject: "The lift does not stop".into(),
            answer: "Good morning,\n\nan engineer is on the way.\n  - 10:30, if the roads are clear".into(),
            author_name: "Ada Moss".into(),
            org_name: "Harbour & Pine".into(),
        };
        let hostile = Self {
            subject: "<b>Now</b> {{ 7*7 }}\r\nBcc: x@y.example".into(),
            answer: "</p><script>alert(1)</script>".into(),
            ..answer.clone()
        };
        vec![answer, hostile]
    }
}
