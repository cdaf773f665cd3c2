//! What there is of everything and what was, in figures: of what somebody may see.

mod dashboard;
mod reports;

pub use dashboard::DashboardApi;
pub use reports::ReportsApi;
