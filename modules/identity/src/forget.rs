use async_trait::async_trait;
use base::{Job, Outcome, Result, Work};
use serde::{Deserialize, Serialize};

use crate::{links, patience, sessions};

/// Deletes the sessions, links and failed attempts that have had their time.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct ForgetExpired {}

#[typetag::serde]
#[async_trait]
impl Job for ForgetExpired {
    fn kind(&self) -> &'static str {
        "forget_expired"
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        let (sessions, links, attempts) = work
            .outside()?
            .write(async |tx| Ok((sessions::forget(tx).await?, links::forget(tx).await?, patience::forget(tx).await?)))
            .await?;
        tracing::info!(sessions, links, attempts, "forgot what has expired");
        Ok(Outcome::Done)
    }

    fn every(&self) -> Option<&'static str> {
        Some("0 17 * * * *")
    }
}
