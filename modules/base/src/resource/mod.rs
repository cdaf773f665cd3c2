//! What every module's endpoints do alike: list, create, show, change, replace, delete and restore a record. A module says
//! how its rows are checked and shown ([`Resource`]); each handler is then one line of [`Db`](crate::Db).

mod beside;
mod door;

pub use beside::{Beside, Checked};

use poem_openapi::types::{ParseFromJSON, ToJSON};
use uuid::Uuid;

use crate::{
    access::{self, Verb},
    answer::View,
    error::{Error, Result},
    fault::Faults,
    list::Listed,
    precondition::IfMatch,
    tx::Tx,
};

/// A record with endpoints of its own.
pub trait Resource: Listed<Model: Default> {
    type View: View + ParseFromJSON + ToJSON;

    /// What a body says beside the row; `()` when there is nothing.
    type Beside: Beside<Self>;

    /// A row before a body is put onto it.
    fn blank() -> Self::Model {
        Self::Model::default()
    }

    /// What must hold in a row and with the rows it points at, and what follows from the body; `before` is missing for a new
    /// one. Every fault is collected, and nothing is kept when there is one.
    fn check(
        _tx: &Tx,
        _row: &mut Self::Model,
        _before: Option<&Self::Model>,
        _faults: &mut Faults,
    ) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    /// What follows from what was kept: jobs, and other records. In the same transaction; `before` is missing for a new one.
    fn follow(_tx: &Tx, _before: Option<&Self::Model>, _row: &Self::Model) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    /// Rows as they are shown, in their order, with a bounded number of statements however many there are.
    fn show(tx: &Tx, rows: Vec<Self::Model>) -> impl Future<Output = Result<Vec<Self::View>>> + Send;
}

impl Tx {
    /// Makes a record of whatever `write` puts onto a blank row.
    ///
    /// # Errors
    /// 403 without a grant to create; 409 when what must be unique is taken; 422 for what does not hold.
    pub async fn make<R: Resource>(&self, write: impl FnOnce(&mut R::Model) -> R::Beside) -> Result<R::Model> {
        access::scope::<R>(self.actor(), Verb::CREATE).ok_or_else(Error::forbidden)?;
        let mut row = R::blank();
        let mut faults = Faults::new();
        let beside = write(&mut row).check(self, None, &mut faults).await?;
        R::check(self, &mut row, None, &mut faults).await?;
        faults.check()?;
        let row = self.insert::<R>(row, beside.fields()).await?;
        beside.keep(self, &row).await?;
        R::follow(self, None, &row).await?;
        Ok(row)
    }

    /// Changes a record by whatever `write` puts onto its row.
    ///
    /// # Errors
    /// 404 unseen; 403 seen but not permitted; 412 changed since; otherwise as [`make`](Self::make).
    pub async fn amend<R: Resource>(
        &self,
        id: Uuid,
        seen: &IfMatch,
        write: impl FnOnce(&mut R::Model) -> R::Beside,
    ) -> Result<R::Model> {
        let before = self.open::<R>(id, Verb::CHANGE, seen).await?;
        let mut after = before.clone();
        let mut faults = Faults::new();
        let beside = write(&mut after).check(self, Some(id), &mut faults).await?;
        R::check(self, &mut after, Some(&before), &mut faults).await?;
        faults.check()?;
        let row = self.update::<R>(&before, after, beside.fields()).await?;
        beside.keep(self, &row).await?;
        R::follow(self, Some(&before), &row).await?;
        Ok(row)
    }

    /// One row as it is shown.
    pub async fn show<R: Resource>(&self, row: R::Model) -> Result<R::View> {
        R::show(self, vec![row]).await?.pop().ok_or_else(Error::not_found)
    }
}
