//! A forecast is what open and won opportunities come to, period by period, held against what was aimed at.

pub mod rate;
pub mod goal;
mod forecast;
mod access;

pub use forecast::ForecastApi;
