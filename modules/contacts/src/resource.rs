use base::{Faults, Resource, Result, Tx};
use notes::Ties;

use crate::{
    contact::{Entity, Model},
    roles::Accounts,
    show,
    view::ContactView,
};

impl Resource for Entity {
    type View = ContactView;
    type Beside = (Ties, Accounts);

    async fn check(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
        let before = before.and_then(|before| before.account_id);
        tx.known::<accounts::Entity>(row.account_id, before, "/account_id", faults).await
    }

    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<ContactView>> {
        show::show(tx, rows).await
    }
}
