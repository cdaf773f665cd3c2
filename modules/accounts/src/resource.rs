use base::{Faults, Resource, Result, Tx};
use notes::Ties;

use crate::{
    account::{Entity, Model},
    show,
    view::AccountView,
    write,
};

impl Resource for Entity {
    type View = AccountView;
    type Beside = Ties;

    async fn check(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
        write::check(tx, row, before, faults).await
    }

    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<AccountView>> {
        show::show(tx, rows).await
    }
}
