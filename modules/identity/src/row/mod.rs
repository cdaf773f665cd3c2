//! The rows of identity. They belong to no organisation, so they are plain entities, reached through a `PlatformTx` alone.

pub mod attempt;
pub mod one_time_token;
pub mod session;
pub mod user;
