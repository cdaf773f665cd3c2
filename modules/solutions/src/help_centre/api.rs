use base::{Body, Db, Member, Result};
use poem_openapi::{OpenApi, payload::Json};

use super::{
    setting,
    view::{HelpCentreChange, HelpCentreView},
};

/// Whether everybody can read what is published.
pub struct HelpCentreApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/solutions/help-centre")]
impl HelpCentreApi {
    /// Show the help centre
    ///
    /// Closed until somebody opens it.
    #[oai(path = "/", method = "get", operation_id = "show_help_centre")]
    async fn show(&self, member: Member) -> Result<Json<HelpCentreView>> {
        self.db.read(&member, async |tx| setting::show(tx).await.map(Json)).await
    }

    /// Change the help centre
    ///
    /// `is_enabled` opens and closes it. Its key stays the same.
    #[oai(path = "/", method = "patch", operation_id = "change_help_centre")]
    async fn change(&self, member: Member, change: Body<HelpCentreChange>) -> Result<Json<HelpCentreView>> {
        self.db.write(&member, async |tx| setting::change(tx, change.0).await.map(Json)).await
    }
}
