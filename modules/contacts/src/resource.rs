use accounts::known;
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
        let moved = before.is_none_or(|before| before.account_id != row.account_id);
        known(tx, row.account_id.filter(|_| moved), "/account_id", faults).await
    }

    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<ContactView>> {
        show::show(tx, rows).await
    }
}
