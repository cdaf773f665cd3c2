use base::{Faults, Resource, Result, Tx};
use notes::Ties;

use super::{
    about, place,
    row::{Entity, Model},
    show,
    view::CardView,
};

impl Resource for Entity {
    type View = CardView;
    type Beside = Ties;

    async fn check(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
        place::check(tx, row, before, faults).await?;
        about::check(tx, row, before, faults).await
    }

    async fn follow(tx: &Tx, before: Option<&Model>, row: &Model) -> Result<()> {
        match before {
            Some(before) => place::admit(tx, before, row).await,
            None => Ok(()),
        }
    }

    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<CardView>> {
        show::show(tx, rows).await
    }
}
