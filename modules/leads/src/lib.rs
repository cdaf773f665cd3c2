//! A lead is somebody who may become a customer, until they are converted into one.

mod lead;
mod lead_contact;
mod access;
mod status;
mod view;
mod example;
mod show;
mod write;
mod resource;
mod staged;
mod list;
mod api;
mod find;
mod hot;
mod conversion;
#[cfg(test)]
mod tests;

pub use access::CONVERT;
pub use api::LeadsApi;
pub use conversion::ConversionApi;
pub use find::open_lead_of;
pub use hot::hot;
pub use lead::{Column, Entity, Model as Lead};
pub use opportunities::LeadSource;
pub use resource::create;
pub use status::LeadStatus;
