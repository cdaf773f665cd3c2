use async_trait::async_trait;
use base::{Job, Outcome, Result, Work};
use files::Shelf;
use serde::{Deserialize, Serialize};

use crate::attachment::{Column, Entity};

/// Removes the files that no row ever named: those of uploads that a kill cut off between the file and its row.
#[derive(Serialize, Deserialize)]
pub struct SweepFiles {}

#[typetag::serde]
#[async_trait]
impl Job for SweepFiles {
    fn kind(&self) -> &'static str {
        "sweep_files"
    }

    fn every(&self) -> Option<&'static str> {
        Some("0 17 * * * * *")
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        files::sweep::<Entity>(work, Shelf::Attachments, Column::StorageKey).await?;
        Ok(Outcome::Done)
    }
}
