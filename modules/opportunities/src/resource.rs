use base::{Faults, Resource, Result, Tx};
use contacts::People;
use notes::Ties;

use crate::{
    check::check,
    opportunity::{Entity, Model},
    opportunity_contact::Entity as OpportunityContact,
    show,
    stage::Stage,
    view::OpportunityView,
};

impl Resource for Entity {
    type View = OpportunityView;
    type Beside = (Ties, People<OpportunityContact>);

    /// Prospecting, with that stage's probability. Whoever sets another stage sets its probability too.
    fn blank() -> Model {
        Model { probability: Stage::default().probability(), ..Model::default() }
    }

    async fn check(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
        row.sign(before, tx.actor().user());
        check(tx, row, before, faults).await
    }

    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<OpportunityView>> {
        show::show(tx, rows).await
    }
}
