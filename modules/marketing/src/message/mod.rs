mod row;
mod view;
mod resource;
mod list;
mod api;

pub use api::ContactMessagesApi;
pub use row::{Entity, Model};
pub use view::MessageReason;
