//! The columns that a new board comes with.

use base::{
    Beside, Checked, Faults, Fields, Result, Tx,
    value::{Colour, Rank},
};
use uuid::Uuid;

use super::row;
use crate::column;

/// Names and colours, from left to right.
#[derive(Clone, Debug, Default)]
pub struct FirstColumns(Vec<(String, Colour)>);

const USUAL: [(&str, Colour); 3] = [("To do", Colour::Red), ("In progress", Colour::Amber), ("Done", Colour::Emerald)];

impl FirstColumns {
    #[must_use]
    pub fn usual() -> Self {
        Self(USUAL.map(|(name, colour)| (name.to_owned(), colour)).to_vec())
    }

    #[must_use]
    pub fn named(names: Vec<String>) -> Self {
        Self(names.into_iter().map(|name| (name, Colour::default())).collect())
    }
}

impl Beside<row::Entity> for FirstColumns {
    type Checked = Self;

    async fn check(self, _: &Tx, _: Option<Uuid>, _: &mut Faults) -> Result<Self> {
        Ok(self)
    }
}

impl Checked<row::Entity> for FirstColumns {
    fn fields(&self) -> Fields {
        Fields::none()
    }

    async fn keep(self, tx: &Tx, board: &row::Model) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let columns = self.0.into_iter().map(|(name, colour)| column::Model {
            board_id: board.id,
            name,
            colour,
            rank: Rank::bottom(tx.id()),
            ..column::Model::default()
        });
        let columns = columns.collect();
        tx.insert_many::<column::Entity>(columns).await.map(|_| ()).map_err(|error| error.at("/columns"))
    }
}
