//! Electronic invoices as EN 16931 has them: their meaning, their arithmetic, their rules, and their two syntaxes.
//!
//! One is issued in four steps: fill an [`Invoice`], count it ([`Invoice::calculate`]), ask what is wrong with it ([`check()`]), and write it
//! ([`ubl::write`], [`cii::write`]) for a [`Profile`]. [`read()`] goes the other way, in either syntax. Who only wants totals, of a draft or
//! a quote, asks [`calculate()`]; who has prices with tax in them, [`calculate::net_of`] before.
//!
//! This crate names no other of the house, and does nothing but compute: no clock, no file, no network.
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

/// Whether UN/ECE Recommendations 20 and 21 know this unit (BR-CL-23).
#[must_use]
pub fn is_unit(code: &str) -> bool {
    codes::UNIT.has(code)
}
