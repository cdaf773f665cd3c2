use base::{Faults, Resource, Result, Tx};
use notes::Ties;

use super::{
    key,
    row::{Entity, Model},
    show,
    view::FormView,
};

impl Resource for Entity {
    type View = FormView;
    type Beside = (Ties, Faults);

    fn blank() -> Model {
        Model { key: key::random(), ..Model::default() }
    }

    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<FormView>> {
        show::show(tx, rows).await
    }
}
