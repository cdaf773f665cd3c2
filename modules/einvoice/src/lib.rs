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
mod xml;
pub mod ubl;
pub mod cii;
mod read;

pub use calculate::{Sale, Sums, calculate};
pub use check::{Severity, Violation, check};
pub use model::Invoice;
pub use profile::Profile;
pub use read::{Document, Syntax, read};
pub use xml::{ReadError, WriteError};
