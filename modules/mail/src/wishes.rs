use std::sync::Arc;

use async_trait::async_trait;
use base::{News, Outcome, Result, Tx, Work};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// When somebody wants a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Now,
    /// Their quiet hours end then.
    At(DateTime<Utc>),
    /// Not at all, or gathered with others.
    Never,
}

/// Knows what members want to get by mail. Modules that send know only this; the binary says who it is.
#[async_trait]
pub trait Wishes: Send + Sync {
    async fn when(&self, tx: &Tx, member: Uuid, news: News) -> Result<When>;
}

/// What a job that tells `member` of something by mail ends with before it does; `None` when they want it now.
pub async fn put_off(work: &Work, member: Uuid, news: News) -> Result<Option<Outcome>> {
    let wishes = work.tool::<Arc<dyn Wishes>>()?;
    let when = work.read(async |tx| wishes.when(tx, member, news).await).await?;
    Ok(match when {
        When::Now => None,
        When::At(moment) => Some(Outcome::Later(moment)),
        When::Never => Some(Outcome::Done),
    })
}
