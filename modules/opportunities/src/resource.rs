use base::{Faults, Resource, Result, Tx};
use contacts::People;
use notes::Ties;

use crate::{
    check::check,
    closing, enter, lines,
    opportunity::{Entity, Model},
    opportunity_contact::Entity as OpportunityContact,
    show,
    view::OpportunityView,
    write::BY_STAGE,
};

impl Resource for Entity {
    type View = OpportunityView;
    type Beside = (Ties, People<OpportunityContact>);

    /// With the probability of whatever stage it comes into.
    fn blank() -> Model {
        Model { probability: BY_STAGE, ..Model::default() }
    }

    async fn check(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
        enter::enter(tx, row, before, faults).await?;
        row.sign(before, tx.actor().user());
        closing::check(row, before, faults);
        lines::check(row, before, faults);
        check(tx, row, before, faults).await
    }

    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<OpportunityView>> {
        show::show(tx, rows).await
    }
}
