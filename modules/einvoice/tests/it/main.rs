#![expect(clippy::unwrap_used, reason = "tests may")]

mod arithmetic;
mod rules;
mod dice;
mod documents;
