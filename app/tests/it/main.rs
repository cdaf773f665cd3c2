//! The whole server, in one process, on both engines.

mod laws;
mod house;
mod catalogue;
mod fence;
mod contract;
mod conversion;
mod records;
mod lists;
mod notes;
mod identity;
mod pipelines;
mod tasks;
mod told;
mod totals;
mod products;
mod lines;
mod forecast;
mod goals;
mod forms;
mod members;
mod taken;
mod odd;
mod uploads;
mod endless;
mod orgs;
mod roles;
