//! Electronic invoices as EN 16931 has them: their meaning, their arithmetic, their rules, and their two syntaxes.
//!
#![doc = include_str!("../ARITHMETIC.md")]

pub mod calculate;
pub mod model;

pub use calculate::{Sale, Sums, calculate};
pub use model::Invoice;
