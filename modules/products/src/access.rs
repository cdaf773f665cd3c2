use base::{Access, Reach};

use crate::product::Entity;

/// The organisation's list, for whoever may see it.
impl Access for Entity {
    const OBJECT: &'static str = "product";
    const REACH: Reach = Reach::Organisation;
}
