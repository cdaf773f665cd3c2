//! A board has cards in columns, for its members alone.

mod access;
mod role;
mod board;
mod column;
mod card;
mod order;
mod api;

pub use api::BoardsApi;
pub use board::{Crew, Entity as Board, FirstColumns, Model as BoardRow, leave};
pub use card::{CardPriority, CardsApi, Entity as Card, Model as CardRow};
pub use column::{ColumnsApi, Entity as BoardColumn};
pub use role::BoardRole;
