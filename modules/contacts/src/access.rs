use base::{Access, Reach};

use crate::contact::Entity;

impl Access for Entity {
    const OBJECT: &'static str = "contact";
    const REACH: Reach = Reach::Assignment;
}
