use base::{
    Stamp, View,
    value::{Change, Text},
};
use chrono::NaiveDate;
use poem_openapi::Object;
use uuid::Uuid;

/// A series of numbers.
#[derive(Clone, Debug, Object)]
#[oai(rename = "InvoiceSeriesView")]
pub struct SeriesView {
    #[oai(flatten)]
    pub stamp: Stamp,
    pub name: String,
    pub pattern: String,
    /// Whether it is taken where nobody names another. One is.
    pub is_default: bool,
    /// The date of the last invoice that got a number from it: the next one is not before that. While it is `null`, the pattern can
    /// still be changed.
    pub last_issued_on: Option<NaiveDate>,
}

/// A series to make, or to put in the place of one.
#[derive(Clone, Debug, Object)]
#[oai(rename = "NewInvoiceSeries", deny_unknown_fields, example)]
pub struct NewSeries {
    /// Unique in the organisation, whatever the case.
    pub name: Text<100>,
    /// `{seq}` is the count, `{seq:5}` the count with five digits at least; `{year}` and `{month}` are those of the issue date, and
    /// with them the count begins again with each year or month. Unique in the organisation.
    pub pattern: Text<40>,
    /// The one that was is not any longer.
    #[oai(default)]
    pub is_default: bool,
}

/// What to change of a series.
#[derive(Clone, Debug, Default, Object)]
#[oai(rename = "InvoiceSeriesChange", deny_unknown_fields, example)]
pub struct SeriesChange {
    pub name: Change<Text<100>>,
    /// Only while no invoice has a number from it: 409 `in_use` after that. Make another series then.
    pub pattern: Change<Text<40>>,
    /// Another takes it over by being made it.
    pub is_default: Change<bool>,
}

impl View for SeriesView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}
