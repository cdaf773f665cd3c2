//! What opportunities come to, period by period and currency by currency.

mod ask;
mod period;
mod figures;
mod gather;
mod aims;
mod view;
mod reckon;
mod api;
#[cfg(test)]
mod tests;

pub use api::ForecastApi;
