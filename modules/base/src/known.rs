use uuid::Uuid;

use crate::{error::Result, fault::Faults, record::Record, tx::Tx};

impl Tx {
    /// A fault at `pointer` unless the record that a body names is there for the actor. What was named `before` stays, whether
    /// they see it or not.
    pub async fn known<R: Record>(
        &self,
        named: Option<Uuid>,
        before: Option<Uuid>,
        pointer: &str,
        faults: &mut Faults,
    ) -> Result<()> {
        let new = named.filter(|id| before != Some(*id));
        if new.is_some() && self.find::<R>().there(new).await?.is_empty() {
            faults.add(pointer, "unknown_reference", format!("There is no such {}.", R::KIND));
        }
        Ok(())
    }
}
