use base::{Access, Reach};

use crate::case::Entity;

impl Access for Entity {
    const OBJECT: &'static str = "case";
    const REACH: Reach = Reach::Assignment;
}
