//! The server: all modules in one binary.

pub mod cli;
pub mod config;
pub mod mount;
pub mod gate;
pub mod letters;
pub mod partings;
pub mod front;
pub mod serve;
pub mod health;
pub mod metrics;
pub mod sentry;
pub mod work;
pub mod jobs_api;
pub mod start;
pub mod command;
