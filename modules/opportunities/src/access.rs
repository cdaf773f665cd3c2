use base::{Access, Reach};

use crate::opportunity::Entity;

impl Access for Entity {
    const OBJECT: &'static str = "opportunity";
    const REACH: Reach = Reach::Assignment;
}
