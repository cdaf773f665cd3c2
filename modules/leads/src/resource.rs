use base::{Faults, Resource, Result, Tx};
use contacts::People;
use notes::Ties;

use crate::{
    lead::{Entity, Model},
    lead_contact::Entity as LeadContact,
    show,
    status::LeadStatus,
    view::LeadView,
};

/// A lead of whatever `write` puts onto a blank row.
pub async fn create(tx: &Tx, write: impl FnOnce(&mut Model) -> Ties) -> Result<Model> {
    tx.make::<Entity>(|row| (write(row), People::default())).await
}

impl Resource for Entity {
    type View = LeadView;
    type Beside = (Ties, People<LeadContact>);

    async fn check(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
        pipelines::place::<Self>(tx, row, before, faults).await?;
        if row.opportunity_amount.is_some() && row.currency.is_none() {
            faults.add("/currency", "required", "An amount needs a currency.");
        }
        LeadStatus::check(before.map(|before| before.status), row.status, faults)
    }

    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<LeadView>> {
        show::show(tx, rows).await
    }
}
