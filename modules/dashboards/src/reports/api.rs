use base::{Db, Member, Result};
use chrono::NaiveDate;
use poem_openapi::{OpenApi, param::Query};

use super::{
    activity::{self, ActivityReportLine},
    answer::{Format, Reported},
    ask::Asked,
    backlog::{self, BacklogReportLine},
    cases::{self, CaseReportBy, CaseReportLine},
    leads::{self, LeadReportBy, LeadReportLine},
    period::GroupBy,
    sales::{self, SalesReportBy, SalesReportLine},
};

/// What was.
///
/// All reports are asked alike. `from` and `to` are days in the organisation's time zone, both included: the twelve months up to
/// today when left out. `group_by` says how long the periods are, and without it all of the time is one. `by` splits each of them.
/// `format=csv` has the same lines as rows.
pub struct ReportsApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/reports")]
impl ReportsApi {
    /// Show the report on leads
    ///
    /// Where those came from that were made in a time, and how many of them have been converted by now; of what you may see.
    #[oai(path = "/leads/", method = "get", operation_id = "show_lead_report")]
    async fn leads(
        &self,
        member: Member,
        /// The first day: that of the month eleven months before `to` when left out.
        from: Query<Option<NaiveDate>>,
        /// The last day: today when left out. 400 `invalid_span` when it is before `from`.
        to: Query<Option<NaiveDate>>,
        /// How long the periods are. 400 `too_many_groups` for more than 400 of them or 1,000 lines.
        group_by: Query<Option<GroupBy>>,
        by: Query<Option<LeadReportBy>>,
        format: Query<Option<Format>>,
    ) -> Result<Reported<LeadReportLine>> {
        let (asked, format) = (asked(from.0, to.0, group_by.0), format.0.unwrap_or_default());
        self.db
            .read(&member, async |tx| {
                let ask = asked.on(tx).await?;
                Reported::new("leads", &ask, leads::report(tx, &ask, by.0).await?, format)
            })
            .await
    }

    /// Show the report on sales
    ///
    /// What was won and lost in a time, for how much, and how long it took; of what you may see.
    #[oai(path = "/sales/", method = "get", operation_id = "show_sales_report")]
    async fn sales(
        &self,
        member: Member,
        /// The first day: that of the month eleven months before `to` when left out.
        from: Query<Option<NaiveDate>>,
        /// The last day: today when left out. 400 `invalid_span` when it is before `from`.
        to: Query<Option<NaiveDate>>,
        /// How long the periods are. 400 `too_many_groups` for more than 400 of them or 1,000 lines.
        group_by: Query<Option<GroupBy>>,
        by: Query<Option<SalesReportBy>>,
        format: Query<Option<Format>>,
    ) -> Result<Reported<SalesReportLine>> {
        let (asked, format) = (asked(from.0, to.0, group_by.0), format.0.unwrap_or_default());
        self.db
            .read(&member, async |tx| {
                let ask = asked.on(tx).await?;
                Reported::new("sales", &ask, sales::report(tx, &ask, by.0).await?, format)
            })
            .await
    }

    /// Show the report on cases
    ///
    /// How long customers waited for an answer and for a solution that came in a time, in business time; of what you may see.
    #[oai(path = "/cases/", method = "get", operation_id = "show_case_report")]
    async fn cases(
        &self,
        member: Member,
        /// The first day: that of the month eleven months before `to` when left out.
        from: Query<Option<NaiveDate>>,
        /// The last day: today when left out. 400 `invalid_span` when it is before `from`.
        to: Query<Option<NaiveDate>>,
        /// How long the periods are. 400 `too_many_groups` for more than 400 of them or 1,000 lines.
        group_by: Query<Option<GroupBy>>,
        by: Query<Option<CaseReportBy>>,
        format: Query<Option<Format>>,
    ) -> Result<Reported<CaseReportLine>> {
        let (asked, format) = (asked(from.0, to.0, group_by.0), format.0.unwrap_or_default());
        self.db
            .read(&member, async |tx| {
                let ask = asked.on(tx).await?;
                Reported::new("cases", &ask, cases::report(tx, &ask, by.0).await?, format)
            })
            .await
    }

    /// Show the backlog of cases
    ///
    /// How many were opened and closed in a time, and how many were open at its end; of what you may see.
    #[oai(path = "/backlog/", method = "get", operation_id = "show_backlog_report")]
    async fn backlog(
        &self,
        member: Member,
        /// The first day: that of the month eleven months before `to` when left out.
        from: Query<Option<NaiveDate>>,
        /// The last day: today when left out. 400 `invalid_span` when it is before `from`.
        to: Query<Option<NaiveDate>>,
        /// How long the periods are. 400 `too_many_groups` for more than 400 of them or 1,000 lines.
        group_by: Query<Option<GroupBy>>,
        by: Query<Option<CaseReportBy>>,
        format: Query<Option<Format>>,
    ) -> Result<Reported<BacklogReportLine>> {
        let (asked, format) = (asked(from.0, to.0, group_by.0), format.0.unwrap_or_default());
        self.db
            .read(&member, async |tx| {
                let ask = asked.on(tx).await?;
                Reported::new("backlog", &ask, backlog::report(tx, &ask, by.0).await?, format)
            })
            .await
    }

    /// Show what members did
    ///
    /// A line for each member who did anything in a time; of what you may see.
    #[oai(path = "/activity/", method = "get", operation_id = "show_activity_report")]
    async fn activity(
        &self,
        member: Member,
        /// The first day: that of the month eleven months before `to` when left out.
        from: Query<Option<NaiveDate>>,
        /// The last day: today when left out. 400 `invalid_span` when it is before `from`.
        to: Query<Option<NaiveDate>>,
        /// How long the periods are. 400 `too_many_groups` for more than 400 of them or 1,000 lines.
        group_by: Query<Option<GroupBy>>,
        format: Query<Option<Format>>,
    ) -> Result<Reported<ActivityReportLine>> {
        let (asked, format) = (asked(from.0, to.0, group_by.0), format.0.unwrap_or_default());
        self.db
            .read(&member, async |tx| {
                let ask = asked.on(tx).await?;
                Reported::new("activity", &ask, activity::report(tx, &ask).await?, format)
            })
            .await
    }
}

fn asked(from: Option<NaiveDate>, to: Option<NaiveDate>, group_by: Option<GroupBy>) -> Asked {
    Asked { from, to, group_by }
}
