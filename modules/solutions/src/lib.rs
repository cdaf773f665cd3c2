//! A solution is an answer that was written down once, for colleagues and, when it is published, for everybody.

mod solution;
mod access;
mod view;
mod examples;
mod slug;
mod write;
mod resource;
mod stage;
mod suggest;
mod list;
mod api;
mod of_case;
mod help_centre;

pub use api::SolutionsApi;
pub use help_centre::{Entity as HelpCentre, HelpCentreApi, PublicSolutionsApi};
pub use of_case::{CaseSolutionsApi, link};
pub use solution::{Entity, Model as Solution};
pub use stage::{approve, publish};
pub use suggest::suggest;
pub use view::SolutionStatus;
