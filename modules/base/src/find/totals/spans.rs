//! Times that totals are about, and periods that they are by.

use sea_orm::{ColumnTrait, IdenStatic, Value, sea_query::ExprTrait};

use super::Totals;
use crate::{find::total::Key, list::Listed};

impl<E: Listed> Totals<'_, E> {
    /// From `from` on, and before `before`.
    pub fn since<T: Into<Value>>(mut self, column: E::Column, from: T, before: T) -> Self {
        self.looked_at(column);
        self.find = self.find.filter(column.gte(from)).filter(column.lt(before));
        self
    }

    pub fn before(mut self, column: E::Column, value: impl Into<Value>) -> Self {
        self.looked_at(column);
        self.find = self.find.filter(column.lt(value));
        self
    }

    /// Those with nothing in the column before `value`.
    pub fn without_before(mut self, column: E::Column, value: impl Into<Value>) -> Self {
        self.looked_at(column);
        self.find = self.find.filter(column.is_null().or(column.gte(value)));
        self
    }

    /// Groups by where a value is among `edges`, which are in order: 0 for what is before all of them, and one more from each
    /// of them on.
    pub fn by_span<T: Into<Value>>(mut self, column: E::Column, edges: impl IntoIterator<Item = T>) -> Self {
        self.looked_at(column);
        self.keys.push(Key::Span(column.as_str(), edges.into_iter().map(Into::into).collect()));
        self
    }
}
