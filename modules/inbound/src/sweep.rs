use async_trait::async_trait;
use base::{Job, Outcome, Result, Work};
use files::Shelf;
use serde::{Deserialize, Serialize};

use crate::inbox::{Column, Entity};

/// Removes the mails that no row ever named: those of deliveries that a kill cut off between the mail and its row. Whoever
/// delivered them got no answer, and delivers them again.
#[derive(Serialize, Deserialize)]
pub struct SweepMails {}

#[typetag::serde]
#[async_trait]
impl Job for SweepMails {
    fn kind(&self) -> &'static str {
        "sweep_mails"
    }

    fn every(&self) -> Option<&'static str> {
        Some("0 23 * * * * *")
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        files::sweep::<Entity>(work, Shelf::Mails, Column::StorageKey).await?;
        Ok(Outcome::Done)
    }
}
