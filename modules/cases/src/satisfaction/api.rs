use base::{Body, Db, Member, Result};
use chrono::NaiveDate;
use poem_openapi::{OpenApi, param::Query, payload::Json};

use super::{
    figures::{self, Asked},
    setting,
    view::{Satisfaction, SatisfactionGroupBy, SatisfactionSettings, SatisfactionSettingsChange},
};

/// How satisfied customers are, and whether they are asked.
pub struct SatisfactionApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/cases/satisfaction")]
impl SatisfactionApi {
    /// Show how satisfied customers are
    ///
    /// Of the cases that you may see. Each counts once, by the last question about it and the last answer to that. The score
    /// (CSAT) is the share of answers of 4 and 5 among all answers, the usual "top two box".
    #[oai(path = "/", method = "get", operation_id = "show_satisfaction")]
    async fn show(
        &self,
        member: Member,
        /// The first day on which a question was sent, where the organisation is: 90 days before `to` when left out.
        from: Query<Option<NaiveDate>>,
        /// The last one, within five years: today when left out.
        to: Query<Option<NaiveDate>>,
        /// What each line is for: without it there is one.
        group_by: Query<Option<SatisfactionGroupBy>>,
    ) -> Result<Json<Satisfaction>> {
        let asked = Asked { from: from.0, to: to.0, by: group_by.0 };
        self.db.read(&member, async |tx| figures::show(tx, asked).await.map(Json)).await
    }

    /// Show whether customers are asked
    ///
    /// They are not until somebody turns it on. Every member sees it.
    #[oai(path = "/settings/", method = "get", operation_id = "show_satisfaction_settings")]
    async fn show_settings(&self, member: Member) -> Result<Json<SatisfactionSettings>> {
        self.db.read(&member, async |tx| setting::show(tx).await.map(Json)).await
    }

    /// Change whether customers are asked
    ///
    /// While it is on, each contact of a case that was closed, and stayed so for `delay_hours`, gets one mail with a link of their own,
    /// if they are active and have an address: once for each closing. Nobody is asked about what was closed before.
    #[oai(path = "/settings/", method = "patch", operation_id = "change_satisfaction_settings")]
    async fn change_settings(
        &self,
        member: Member,
        change: Body<SatisfactionSettingsChange>,
    ) -> Result<Json<SatisfactionSettings>> {
        self.db.write(&member, async |tx| setting::change(tx, change.0).await.map(Json)).await
    }
}
