//! Electronic invoices as EN 16931 has them: their meaning, their arithmetic, their rules, and their two syntaxes.
//!
#![doc = include_str!("../ARITHMETIC.md")]
//!
#![doc = include_str!("../RULES.md")]

pub mod model;
pub mod calculate;
pub mod check;
mod codes;
mod form;
mod profile;

pub use calculate::{Sale, Sums, calculate};
pub use check::{Severity, Violation, check};
pub use model::Invoice;
pub use profile::Profile;
