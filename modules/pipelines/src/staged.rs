use std::{collections::HashMap, marker::PhantomData, sync::Arc};

use base::{Resource, Result, Tx, value::Rank};
use chrono::{DateTime, Utc};
use sea_orm::ActiveEnum;
use uuid::Uuid;

use crate::{
    pipeline::Kind,
    stage::{self, StageStatus},
};

/// Where a record stands: its four columns that pipelines are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing<S> {
    pub stage_id: Uuid,
    /// Its place among those that stand there.
    pub rank: Rank,
    pub stage_entered_at: DateTime<Utc>,
    pub status: S,
}

/// A record that goes through the stages of a pipeline. Its stage says its status, and a status its stage.
pub trait Staged: Resource<Beside: Default> {
    const PIPELINE: Kind;
    /// `stage_id`
    const STAGE: Self::Column;
    const RANK: Self::Column;
    /// A currency and an amount in it, of which a board shows the sums.
    const SUMMED: Option<(Self::Column, Self::Column)> = None;

    type Status: ActiveEnum<Value = String> + Copy + PartialEq + Send;

    fn standing(row: &Self::Model) -> Standing<Self::Status>;

    fn stand(row: &mut Self::Model, standing: Standing<Self::Status>);

    /// Forgets what a row had by the stage that it leaves.
    fn leave(_row: &mut Self::Model) {}
}

/// The word for a status that stages and records share.
pub(crate) fn word<S: ActiveEnum<Value = String>>(status: S) -> Option<StageStatus> {
    StageStatus::try_from_value(&status.into_value()).ok()
}

/// The kinds of record that go through pipelines: for what is asked about a stage of any of them.
#[derive(Clone, Default)]
pub struct StagedKinds(HashMap<Kind, Arc<dyn Lookup>>);

#[async_trait::async_trait]
trait Lookup: Send + Sync {
    fn statuses(&self) -> Vec<String>;

    fn has(&self, status: StageStatus) -> bool;

    async fn crowd(&self, tx: &Tx, stage: Uuid) -> Result<u64>;
}

struct Of<R>(PhantomData<fn() -> R>);

#[async_trait::async_trait]
impl<R: Staged> Lookup for Of<R> {
    fn statuses(&self) -> Vec<String> {
        R::Status::values()
    }

    fn has(&self, status: StageStatus) -> bool {
        R::Status::try_from_value(&status.into_value()).is_ok()
    }

    async fn crowd(&self, tx: &Tx, stage: Uuid) -> Result<u64> {
        tx.crowd::<R>(R::STAGE, stage, 1).await
    }
}

impl StagedKinds {
    #[must_use]
    pub fn with<R: Staged>(mut self) -> Self {
        self.0.insert(R::PIPELINE, Arc::new(Of::<R>(PhantomData)));
        self
    }

    /// The statuses that records of each kind have, in the words that are kept.
    #[must_use]
    pub fn statuses(&self) -> Vec<(Kind, Vec<String>)> {
        self.0.iter().map(|(kind, records)| (*kind, records.statuses())).collect()
    }

    pub(crate) fn has(&self, kind: Kind, status: StageStatus) -> bool {
        self.0.get(&kind).is_some_and(|records| records.has(status))
    }

    /// Whether nothing stands in a stage, in the trash or not.
    pub(crate) async fn is_empty(&self, tx: &Tx, stage: &stage::Model) -> Result<bool> {
        match self.0.get(&stage.record_kind) {
            Some(records) => Ok(records.crowd(tx, stage.id).await? == 0),
            None => Ok(true),
        }
    }
}
