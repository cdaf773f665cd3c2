//! What somebody sees on opening, put together from what each module tells.

mod view;
mod work;
mod activity;
mod company;
mod gather;
mod api;

pub use api::DashboardApi;
