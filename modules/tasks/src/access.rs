use base::{Access, Reach};

use crate::task::Entity;

impl Access for Entity {
    const OBJECT: &'static str = "task";
    const REACH: Reach = Reach::Assignment;
}
