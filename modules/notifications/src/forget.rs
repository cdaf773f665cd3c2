use std::time::Duration;

use async_trait::async_trait;
use base::{Job, Outcome, Platform, Request, Result, Work};
use chrono::TimeDelta;
use sea_orm::{ColumnTrait, Condition};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    notification::{Column, Entity},
    organisations,
};

/// Notifications are kept for 90 days after they were read, and for 365 days at most. What they told of stays in the log.
#[derive(Serialize, Deserialize)]
pub struct ForgetNotifications {}

const READ: TimeDelta = TimeDelta::days(90);
const TOLD: TimeDelta = TimeDelta::days(365);

/// Rows of one transaction, so that nobody waits for it.
const BATCH: u64 = 1_000;

#[typetag::serde]
#[async_trait]
impl Job for ForgetNotifications {
    fn kind(&self) -> &'static str {
        "forget_notifications"
    }

    fn every(&self) -> Option<&'static str> {
        Some("0 37 * * * * *")
    }

    fn timeout(&self) -> Duration {
        Duration::from_mins(10)
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        let platform = work.outside()?;
        let now = platform.clock().now();
        for org in platform.read(organisations::open).await? {
            forget(platform, org, Condition::all().add(Column::ReadAt.lt(now - READ))).await?;
            forget(platform, org, Condition::all().add(Column::CreatedAt.lt(now - TOLD))).await?;
        }
        Ok(Outcome::Done)
    }
}

async fn forget(platform: &Platform, org: Uuid, these: Condition) -> Result<()> {
    loop {
        let these = these.clone();
        let forgotten = platform.write(async |tx| {
            tx.enter(org, Request::default(), async |tx| tx.forget::<Entity>(these, BATCH).await).await
        });
        if forgotten.await? < BATCH {
            return Ok(());
        }
    }
}
