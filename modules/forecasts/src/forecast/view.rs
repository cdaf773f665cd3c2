use base::{Ref, value::CurrencyCode};
use chrono::NaiveDate;
use poem_openapi::Object;

use super::{ask::GroupBy, figures::Figures, period::Period};
use crate::rate::UsedRate;

/// What opportunities come to that you may see: those expected to close, or won, in a time. Currencies are never added up,
/// but in `converted` and by the rates that are told.
#[derive(Clone, Debug, Object)]
pub struct Forecast {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// In the organisation's time zone: what should have closed before has slipped.
    pub today: NaiveDate,
    pub group_by: GroupBy,
    /// How many opportunities are in the lines; by owner, one of two owners is in the lines of both.
    pub count: u64,
    /// By period, owner or team, and currency, wherever there is an opportunity or a goal.
    pub lines: Vec<ForecastLine>,
    /// The same with all currencies in the one that was asked for; empty when none was.
    pub converted: Vec<ConvertedLine>,
    /// The rates by which `converted` was reckoned.
    pub rates: Vec<UsedRate>,
}

#[derive(Clone, Debug, Object)]
pub struct ForecastLine {
    /// `null`: open, and expected to close on no day.
    pub period: Option<Period>,
    /// Only `by` owner; `null` there for what is assigned to no member.
    pub owner: Option<Ref>,
    /// Only `by` team.
    pub team: Option<Ref>,
    /// `null`: these have no amount.
    pub currency: Option<String>,
    /// The goals whose targets make up `goal`.
    pub goals: Vec<Ref>,
    #[oai(flatten)]
    pub figures: Figures,
}

#[derive(Clone, Debug, Object)]
pub struct ConvertedLine {
    pub period: Option<Period>,
    pub owner: Option<Ref>,
    pub team: Option<Ref>,
    /// The one that was asked for.
    pub currency: CurrencyCode,
    /// The day whose rates they are: the latest on or before it.
    pub rates_on: NaiveDate,
    /// Currencies that are not in these figures, for there is no rate. The counts have everything.
    pub without_rate: Vec<String>,
    #[oai(flatten)]
    pub figures: Figures,
}
