//! A dashboard is what somebody needs to see first, out of everything that they may see.

mod dashboard;

pub use dashboard::DashboardApi;
