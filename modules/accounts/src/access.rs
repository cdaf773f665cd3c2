use base::{Access, Reach};

use crate::account::Entity;

impl Access for Entity {
    const OBJECT: &'static str = "account";
    const REACH: Reach = Reach::Assignment;
}
