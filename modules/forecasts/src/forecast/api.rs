use base::{Db, Member, Result, value::CurrencyCode};
use chrono::NaiveDate;
use poem_openapi::{OpenApi, param::Query, payload::Json};
use uuid::Uuid;

use super::{
    ask::{Asked, By, GroupBy},
    reckon,
    view::Forecast,
};

/// What opportunities come to.
pub struct ForecastApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/forecast")]
impl ForecastApi {
    /// Show the forecast
    ///
    /// By period and currency, of what you may see: open opportunities by their `forecast_category` and the day on which they
    /// are expected to close, and those that were won. A period that is long over still has what is open in it: that has
    /// slipped.
    #[oai(path = "/", method = "get", operation_id = "show_forecast")]
    #[expect(clippy::too_many_arguments, reason = "each is a parameter of the query")]
    async fn show(
        &self,
        member: Member,
        /// The first day: that of this quarter when left out, or of the one in which `to` is.
        from: Query<Option<NaiveDate>>,
        /// The last day, within five years: that of this quarter when left out, or of the one in which `from` is.
        to: Query<Option<NaiveDate>>,
        /// How long the periods are: a month when left out.
        group_by: Query<Option<GroupBy>>,
        /// A line for each owner (each member to whom something is assigned) or for each team (which has what is assigned to it
        /// or to somebody who is in it now; the first 50 by name).
        by: Query<Option<By>>,
        /// Only what is assigned to this member.
        owner: Query<Option<Uuid>>,
        /// Only what is assigned to this team, or to somebody who is in it now.
        team: Query<Option<Uuid>>,
        /// Also everything in this currency, by the exchange rates that were set. A currency without a rate is left out and told.
        #[oai(name = "in")]
        into: Query<Option<CurrencyCode>>,
        /// The day whose rates are taken, which are the latest on or before it: today's when left out.
        rates_on: Query<Option<NaiveDate>>,
    ) -> Result<Json<Forecast>> {
        let asked = Asked {
            from: from.0,
            to: to.0,
            group_by: group_by.0.unwrap_or_default(),
            by: by.0,
            owner: owner.0,
            team: team.0,
            into: into.0,
            rates_on: rates_on.0,
        };
        self.db.read(&member, async |tx| reckon::forecast(tx, asked.clone()).await.map(Json)).await
    }
}
