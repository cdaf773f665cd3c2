use base::{Access, Reach};

use crate::event::Entity;

impl Access for Entity {
    const OBJECT: &'static str = "event";
    const REACH: Reach = Reach::Assignment;
}
