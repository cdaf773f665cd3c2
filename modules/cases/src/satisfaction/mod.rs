//! What customers say of the help they got: asked once after each closing, by a link that is theirs alone.

mod setting;
mod survey;
mod view;
mod ask;
mod door;
mod answer;
mod page;
mod filled;
mod public;
mod figures;
mod api;

pub use answer::record as record_answer;
pub use api::SatisfactionApi;
pub use ask::{AskSatisfaction, after_closing};
pub use public::SurveysApi;
pub use setting::Entity as SatisfactionSetting;
pub use survey::Entity;
pub use view::CaseSatisfaction;
