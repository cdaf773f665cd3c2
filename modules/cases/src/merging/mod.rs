//! Cases that are one: what was said, sent and who has to do with it goes to the one that stays, and can be taken back.

mod case_merge;
mod merge;
mod unmerge;
mod api;

pub use api::CaseMergesApi;
pub use case_merge::Entity;
