use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sea_orm::{
    IdenStatic, ModelTrait, Value,
    sea_query::{Alias, ColumnRef, IntoColumnRef, Order},
};
use serde_json::{Value as Json, json};

use crate::record::Record;

/// A name that a list can be sorted by. The column is never null, so that every row has its place.
#[derive(Clone)]
pub struct Sort {
    pub(crate) name: &'static str,
    pub(crate) column: &'static str,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Time,
    Date,
    Number,
}

impl Sort {
    pub fn text<E: Record>(name: &'static str, column: E::Column) -> Self {
        Self { name, column: column.as_str(), kind: Kind::Text }
    }

    pub fn time<E: Record>(name: &'static str, column: E::Column) -> Self {
        Self { name, column: column.as_str(), kind: Kind::Time }
    }

    pub fn date<E: Record>(name: &'static str, column: E::Column) -> Self {
        Self { name, column: column.as_str(), kind: Kind::Date }
    }

    pub fn number<E: Record>(name: &'static str, column: E::Column) -> Self {
        Self { name, column: column.as_str(), kind: Kind::Number }
    }

    pub(crate) fn column_ref<E: Record>(&self) -> ColumnRef {
        (E::default(), Alias::new(self.column)).into_column_ref()
    }

    /// The row's value as a cursor keeps it.
    pub(crate) fn mark<E: Record>(&self, row: &E::Model) -> Option<Json> {
        let column = self.column.parse::<E::Column>().ok()?;
        Some(match row.get(column) {
            Value::String(Some(text)) => json!(text),
            Value::ChronoDateTimeUtc(Some(time)) => json!(time),
            Value::ChronoDate(Some(date)) => json!(date),
            Value::Decimal(Some(number)) => json!(number.to_string()),
            Value::Int(Some(number)) => json!(number.to_string()),
            Value::BigInt(Some(number)) => json!(number.to_string()),
            _ => return None,
        })
    }

    /// A cursor's value as the database compares it; `None` for what no cursor of ours holds.
    pub(crate) fn value(&self, mark: &Json) -> Option<Value> {
        let text = mark.as_str()?;
        Some(match self.kind {
            Kind::Text => text.into(),
            Kind::Time => text.parse::<DateTime<Utc>>().ok()?.into(),
            Kind::Date => text.parse::<NaiveDate>().ok()?.into(),
            Kind::Number => text.parse::<Decimal>().ok()?.into(),
        })
    }
}

/// A sort as it was asked for.
#[derive(Clone)]
pub(crate) struct Asked {
    pub sort: Sort,
    pub descending: bool,
}

impl Asked {
    pub fn order(&self) -> Order {
        if self.descending { Order::Desc } else { Order::Asc }
    }

    /// As in the query: `-created_at`.
    pub fn spelled(&self) -> String {
        format!("{}{}", if self.descending { "-" } else { "" }, self.sort.name)
    }
}
