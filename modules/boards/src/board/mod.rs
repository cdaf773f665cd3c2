mod row;
mod member;
mod view;
mod examples;
mod write;
mod crew;
mod first;
mod resource;
mod leave;
mod list;
mod overview;

pub use crew::Crew;
pub use first::FirstColumns;
pub use leave::{depart, leave};
pub use overview::{BoardCards, COLUMNS, cards};
pub use resource::at_work;
pub use row::{Entity, Model};
pub use view::{BoardChange, BoardReplacement, BoardView, NewBoard};
