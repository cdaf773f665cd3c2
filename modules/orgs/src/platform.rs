//! What those who run this installation may see and do about its organisations. Never into their data.

mod api;
mod keeper;
mod view;

pub use api::Api;
pub use view::{PlatformOrg, PlatformOrgChange};
