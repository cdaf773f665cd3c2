//! A pipeline is the ordered stages through which records of one kind go, and the board on which people see and move them.

mod pipeline;
mod stage;
mod built_in;
mod access;
mod view;
mod examples;
mod stages;
mod resource;
mod removal;
mod api;
mod staged;
mod place;
mod standing;
mod moving;
mod board;
mod history;
mod on_record;

pub use api::PipelinesApi;
pub use built_in::{BUILT_IN, BuiltIn, found};
pub use on_record::StagesApi;
pub use pipeline::{Entity, Kind, Model as Pipeline};
pub use place::{place, place_all};
pub use stage::{Entity as StageEntity, Model as Stage, StageKind, StageStatus};
pub use staged::{Staged, StagedKinds, Standing};
pub use standing::{Ageing, StandingView, standings};
