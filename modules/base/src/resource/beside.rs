use uuid::Uuid;

use crate::{change::Fields, error::Result, fault::Faults, record::Record, tx::Tx};

/// What a body says beside its row: links to other records. They are kept with the row and logged among its fields.
pub trait Beside<R: Record>: Send {
    type Checked: Checked<R>;

    /// Against what is there; `record` is missing for a new one. Ids that are not there for the actor are faults.
    fn check(
        self,
        tx: &Tx,
        record: Option<Uuid>,
        faults: &mut Faults,
    ) -> impl Future<Output = Result<Self::Checked>> + Send;
}

/// Links as they were and as they will be: checked, not yet kept.
pub trait Checked<R: Record>: Send {
    /// For the change log, with the record's own fields.
    fn fields(&self) -> Fields;

    fn keep(self, tx: &Tx, row: &R::Model) -> impl Future<Output = Result<()>> + Send;
}

impl<R: Record> Beside<R> for () {
    type Checked = ();

    async fn check(self, _: &Tx, _: Option<Uuid>, _: &mut Faults) -> Result<()> {
        Ok(())
    }
}

impl<R: Record> Checked<R> for () {
    fn fields(&self) -> Fields {
        Fields::none()
    }

    async fn keep(self, _: &Tx, _: &R::Model) -> Result<()> {
        Ok(())
    }
}

/// What of a body could not be put onto its row.
impl<R: Record> Beside<R> for Faults {
    type Checked = ();

    async fn check(self, _: &Tx, _: Option<Uuid>, faults: &mut Faults) -> Result<()> {
        for fault in self {
            faults.add(fault.pointer, fault.code, fault.detail);
        }
        Ok(())
    }
}

impl<R: Record, A: Beside<R>, B: Beside<R>> Beside<R> for (A, B) {
    type Checked = (A::Checked, B::Checked);

    async fn check(self, tx: &Tx, record: Option<Uuid>, faults: &mut Faults) -> Result<Self::Checked> {
        Ok((self.0.check(tx, record, faults).await?, self.1.check(tx, record, faults).await?))
    }
}

impl<R: Record, A: Checked<R>, B: Checked<R>> Checked<R> for (A, B) {
    fn fields(&self) -> Fields {
        self.0.fields().and(self.1.fields())
    }

    async fn keep(self, tx: &Tx, row: &R::Model) -> Result<()> {
        self.0.keep(tx, row).await?;
        self.1.keep(tx, row).await
    }
}
