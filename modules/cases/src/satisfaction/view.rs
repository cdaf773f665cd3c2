use base::{
    Ref,
    value::{Change, Note, Share, Text},
};
use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::{Enum, Object, types::Example};

use crate::case;

/// What the customer says of the help they got: the last answer to the last question. Asked again after another closing, it is `null`
/// until they answer that; what they still say of an earlier one is in the case's activity alone.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
pub struct CaseSatisfaction {
    /// The day on which they were asked last, where the organisation is.
    pub asked_on: NaiveDate,
    /// From 1, very dissatisfied, to 5, very satisfied; `null` until they answer.
    pub rating: Option<i32>,
    pub comment: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
}

impl CaseSatisfaction {
    pub fn of(row: &case::Model) -> Option<Self> {
        let (comment, answered_at) = (row.satisfaction_comment.clone(), row.satisfaction_answered_at);
        let asked_on = row.satisfaction_asked_on?;
        Some(Self { asked_on, rating: row.satisfaction_rating, comment, answered_at })
    }
}

/// Whether and what customers are asked after their case was closed.
#[derive(Clone, Debug, Object)]
pub struct SatisfactionSettings {
    pub is_enabled: bool,
    /// Hours between the closing of a case and the question. One that was opened again by then is not asked about.
    pub delay_hours: i32,
    pub question: String,
}

/// What to change of that.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct SatisfactionSettingsChange {
    pub is_enabled: Change<bool>,
    /// For cases that are closed from now on.
    #[oai(validator(minimum(value = "0"), maximum(value = "720")))]
    pub delay_hours: Change<i32>,
    /// One line, to be answered by 1, very dissatisfied, to 5, very satisfied.
    pub question: Change<Text<100>>,
}

/// A question, as whoever has its link sees it.
#[derive(Clone, Debug, Object)]
pub struct SurveyView {
    pub org_name: String,
    pub question: String,
    pub case_number: i64,
    pub case_name: String,
    /// From 1, very dissatisfied, to 5, very satisfied; `null` until it is answered.
    pub rating: Option<i32>,
    pub comment: Option<String>,
    /// For the first time.
    pub answered_at: Option<DateTime<Utc>>,
    pub expires_at: DateTime<Utc>,
    /// Whether an answer is taken, be it a first or another one.
    pub is_open: bool,
}

/// An answer. A second one takes the place of the first.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewSurveyAnswer {
    /// From 1, very dissatisfied, to 5, very satisfied.
    #[oai(validator(minimum(value = "1"), maximum(value = "5")))]
    pub rating: i32,
    pub comment: Option<Note<2_000>>,
}

/// What each line of the figures is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum SatisfactionGroupBy {
    /// In which the question was sent.
    Month,
    /// Each member to whom the case is assigned now. One that two members share is in the lines of both.
    Owner,
    /// Each team to which it is assigned now, or to somebody who is in the team.
    Team,
}

/// How satisfied customers are, over the cases that you may see.
#[derive(Clone, Debug, Object)]
pub struct Satisfaction {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub lines: Vec<SatisfactionLine>,
}

/// The figures of one group. Without a group there is one line.
#[derive(Clone, Debug, Object)]
pub struct SatisfactionLine {
    /// Such as `2026-11`.
    pub month: Option<String>,
    /// `null` too for cases that are assigned to nobody.
    pub owner: Option<Ref>,
    pub team: Option<Ref>,
    /// Cases about which a question was sent.
    pub sent_count: u64,
    /// Those of them of which it was answered.
    pub answered_count: u64,
    /// Those of them that were answered by 4 or 5.
    pub satisfied_count: u64,
    /// The customer satisfaction score: answers of 4 or 5 in per cent of all answers, cut after two places; `null` without an answer.
    pub csat: Option<Share>,
    /// The mean of the ratings, cut after two places; `null` without an answer.
    pub average: Option<Share>,
}

impl Example for SatisfactionSettingsChange {
    fn example() -> Self {
        Self { is_enabled: Change::To(true), delay_hours: Change::To(48), ..Self::default() }
    }
}

impl Example for NewSurveyAnswer {
    fn example() -> Self {
        Self { rating: 5, comment: Note::parse("Quick and friendly.").ok() }
    }
}
