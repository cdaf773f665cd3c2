use std::collections::HashSet;

use async_trait::async_trait;
use base::{Job, Outcome, Request, Result, Tx, Work};
use chrono::TimeDelta;
use files::{Files, Shelf};
use sea_orm::ColumnTrait;
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
        let files = work.tool::<Files>()?;
        let platform = work.outside()?;
        let before = platform.clock().now() - TimeDelta::hours(1);
        for (org, keys) in files.older_than(Shelf::Mails, before).await? {
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

/// Those of these keys that a row names.
async fn named(tx: &Tx, keys: &[String]) -> Result<HashSet<String>> {
    let mut named = HashSet::new();
    for batch in keys.chunks(500) {
        let wanted = Column::StorageKey.is_in(batch.iter().cloned());
        let rows = tx.find::<Entity>().filter(wanted).all(500).await?;
        named.extend(rows.into_iter().filter_map(|row| row.storage_key));
    }
    Ok(named)
}
