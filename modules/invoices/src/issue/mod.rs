//! A draft becomes an invoice: it gets its number and stays as it is.

mod view;
mod document;
mod norm;
mod content;
mod issuing;
mod api;

pub use api::IssueApi;
pub use content::content_hash;
pub use issuing::issue;
pub use view::NewIssue;
