use base::{Db, Member, Result, value::Timezone};
use notes::Subjects;
use poem_openapi::{OpenApi, param::Query, payload::Json};

use super::{gather, view::Dashboard};

/// What you need to see first.
pub struct DashboardApi {
    pub db: Db,
    pub subjects: Subjects,
}

#[OpenApi(prefix_path = "/api/dashboard")]
impl DashboardApi {
    /// Show the dashboard
    ///
    /// What you have to do today and what needs you. Everything is counted of what you may see; a part is `null` when no grant
    /// lets you see anything of its kind. It takes at most 26 statements, and 6 more for `company`.
    #[oai(path = "/", method = "get", operation_id = "show_dashboard")]
    async fn show(
        &self,
        member: Member,
        /// Where you are, for what today is: the organisation's time zone when left out.
        time_zone: Query<Option<Timezone>>,
    ) -> Result<Json<Dashboard>> {
        self.db.read(&member, async |tx| gather::dashboard(tx, &self.subjects, time_zone.0).await.map(Json)).await
    }
}
