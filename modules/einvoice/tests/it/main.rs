#![expect(clippy::unwrap_used, reason = "tests may")]

mod arithmetic;
mod rules;
mod as_written;
mod both_ways;
mod hostile;
mod by_hand;
mod dice;
mod documents;
