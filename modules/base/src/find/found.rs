use sea_orm::{
    QuerySelect, QueryTrait, Select,
    sea_query::{Alias, Expr},
};

use super::{FAR, count};
use crate::{error::Result, list::COUNTED, record::Record, tx::Tx};

/// Up to this many rows are gathered first and sorted then, whatever they were narrowed down by.
const GATHERED: u64 = 2_000;

/// A question with the way to its rows.
pub(crate) struct Found<E: Record> {
    pub rows: Select<E>,
    /// The same rows by the way that counts them fastest.
    pub(super) counting: Select<E>,
    /// Whether ids lead to the rows.
    pub(super) few: bool,
    /// Whether finding the way told that there are more rows than a list counts.
    pub(super) plenty: bool,
    /// Whether it is not simply all rows of the organisation.
    pub(super) narrowed: bool,
}

impl<E: Record> Found<E> {
    /// How many rows there are, counting no further than `most`.
    pub async fn count(&self, tx: &Tx, most: u64) -> Result<u64> {
        if self.plenty && most <= COUNTED + 1 {
            return Ok(most);
        }
        let one = self.counting.clone().select_only().expr_as(Expr::val(1), "one").limit(most);
        count(tx, one.into_query()).await
    }

    /// The rows for a page, when there are `count` of them. Few are gathered before they are put in order: left alone, a
    /// planner may walk through the whole organisation in that order to meet them.
    pub fn for_page(self, count: u64) -> Select<E> {
        if !self.few && (!self.narrowed || count > GATHERED) {
            return self.rows;
        }
        let mut page = E::find();
        let gathered = self.rows.limit(FAR).into_query();
        QuerySelect::query(&mut page).from_clear().from_subquery(gathered, Alias::new(E::default().table_name()));
        page
    }
}
