use std::collections::HashSet;

use async_trait::async_trait;
use base::{Job, Outcome, Request, Result, Tx, Work};
use chrono::TimeDelta;
use files::{Files, Shelf};
use sea_orm::ColumnTrait;
use serde::{Deserialize, Serialize};

use crate::attachment;

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
        let files = work.tool::<Files>()?;
        let platform = work.outside()?;
        let before = platform.clock().now() - TimeDelta::hours(1);
        for (org, keys) in files.older_than(Shelf::Attachments, before).await? {
            let named = platform
                .write(async |tx| tx.enter(org, Request::default(), async |tx| named(tx, &keys).await).await)
                .await?;
            for key in keys.iter().filter(|key| !named.contains(*key)) {
                files.remove(key).await?;
            }
        }
        Ok(Outcome::Done)
    }
}

/// Those of these keys that a row names, one in the trash too.
async fn named(tx: &Tx, keys: &[String]) -> Result<HashSet<String>> {
    let mut named = HashSet::new();
    for batch in keys.chunks(500) {
        let wanted = || attachment::Column::StorageKey.is_in(batch.iter().cloned());
        let live = tx.find::<attachment::Entity>().filter(wanted()).all(500).await?;
        let trashed = tx.find::<attachment::Entity>().trashed().filter(wanted()).all(500).await?;
        named.extend(live.into_iter().chain(trashed).map(|row| row.storage_key));
    }
    Ok(named)
}
