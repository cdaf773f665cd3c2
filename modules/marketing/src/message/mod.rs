mod row;
mod view;
mod list;
mod api;

pub use api::ContactMessagesApi;
pub use row::{Entity, Model};
pub use view::MessageReason;
