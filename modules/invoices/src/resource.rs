use base::{Faults, Resource, Result, Tx};
use notes::Ties;

use crate::{
    check,
    invoice::{Entity, Model},
    show,
    state::InvoiceState,
    view::InvoiceView,
};

impl Resource for Entity {
    type View = InvoiceView;
    type Beside = Ties;

    async fn check(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
        if let Some(before) = before.filter(|before| before.state == InvoiceState::Issued) {
            return check::stays(before, row);
        }
        check::check(tx, row, before, faults).await
    }

    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<InvoiceView>> {
        show::show(tx, rows).await
    }
}
