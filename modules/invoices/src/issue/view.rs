use chrono::NaiveDate;
use poem_openapi::{Object, types::Example};
use uuid::Uuid;

/// How a draft is to be issued.
#[derive(Clone, Debug, Default, Object)]
#[oai(rename = "NewInvoiceIssue", deny_unknown_fields, example)]
pub struct NewIssue {
    /// Today when absent, where the organisation is; not later, and not before the last one of its series.
    pub issue_date: Option<NaiveDate>,
    /// The default one when absent.
    pub series_id: Option<Uuid>,
}

impl Example for NewIssue {
    fn example() -> Self {
        Self::default()
    }
}
