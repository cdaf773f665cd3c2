use serde::{Deserialize, Serialize};

use crate::Email;

/// Asks a customer how satisfied they are with the help that they got.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseSurvey {
    pub org_name: String,
    pub case_name: String,
    pub question: String,
    /// Theirs alone.
    pub link: String,
    pub expires_days: u32,
}

impl Email for CaseSurvey {
    const NAME: &'static str = "case_survey";

    fn samples() -> Vec<Self> {
        let survey = Self {
            org_name: "Harbour & Pine".into(),
            case_name: "#42 The lift does not stop".into(),
            question: "How satisfied are you with the help that you got?".into(),
            link: "https://crm.example.com/api/cases/survey/token-91aa70/page/".into(),
            expires_days: 30,
        };
        let hostile = Self {
            org_name: "Your bank: www.evil.example".into(),
            case_name: "<script>alert(1)</script> {{ 7*7 }}\r\nBcc: x@y.example".into(),
            question: "Claim it at https://evil.example".into(),
            ..survey.clone()
        };
        vec![survey, hostile]
    }
}
