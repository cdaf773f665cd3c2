#![expect(clippy::unwrap_used, reason = "tests may")]

mod arithmetic;
mod dice;
mod documents;
