//! Keeping the tables small. Each statement is short, so that nobody waits for it.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    EntityTrait, QueryFilter,
    entity::prelude::*,
    sea_query::{ExprTrait, Query},
};
use serde::{Deserialize, Serialize};

use super::task::{self, State};
use crate::{
    error::Result,
    idempotency,
    job::{Job, Outcome, Work},
    platform::Platform,
};

/// Rows of one statement.
const BATCH: u64 = 2_000;

/// Finished jobs are kept for 7 days and failed ones for 90.
#[derive(Debug, Serialize, Deserialize)]
pub struct ForgetFinishedJobs;

/// Idempotency keys are kept for 24 hours.
#[derive(Debug, Serialize, Deserialize)]
pub struct ForgetIdempotencyKeys;

#[typetag::serde]
#[async_trait]
impl Job for ForgetFinishedJobs {
    fn kind(&self) -> &'static str {
        "forget_finished_jobs"
    }

    fn every(&self) -> Option<&'static str> {
        Some("0 17 * * * * *")
    }

    fn timeout(&self) -> std::time::Duration {
        std::time::Duration::from_mins(10)
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        let platform = work.outside()?;
        let now = platform.clock().now();
        forget(platform, State::Finished, now - TimeDelta::days(7)).await?;
        forget(platform, State::Failed, now - TimeDelta::days(90)).await?;
        Ok(Outcome::Done)
    }
}

#[typetag::serde]
#[async_trait]
impl Job for ForgetIdempotencyKeys {
    fn kind(&self) -> &'static str {
        "forget_idempotency_keys"
    }

    fn every(&self) -> Option<&'static str> {
        Some("0 47 * * * * *")
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        let forget =
            async |tx: &crate::PlatformTx| idempotency::forget(tx.conn(), tx.now() - TimeDelta::hours(24)).await;
        work.outside()?.write(forget).await?;
        Ok(Outcome::Done)
    }
}

async fn forget(platform: &Platform, state: State, before: DateTime<Utc>) -> Result<()> {
    let old = Query::select()
        .column(task::Column::Id)
        .from(task::Entity)
        .and_where(task::Column::State.eq(state))
        .and_where(task::Column::UpdatedAt.lt(before))
        .limit(BATCH)
        .to_owned();
    loop {
        let old = old.clone();
        let forgotten = platform
            .write(async |tx| {
                let delete = task::Entity::delete_many().filter(Expr::col(task::Column::Id).in_subquery(old));
                Ok(delete.exec(tx.conn()).await?.rows_affected)
            })
            .await?;
        if forgotten < BATCH {
            return Ok(());
        }
    }
}
