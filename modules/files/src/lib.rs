//! Files keeps bytes: where they are, what may come in, and how it goes out.

mod store;
mod media;
mod upload;
mod download;
mod sweep;
#[cfg(test)]
mod tests;

pub use download::Download;
pub use media::clean_name;
pub use store::{Files, Shelf, Stored};
pub use sweep::sweep;
pub use upload::{Incoming, Upload};
