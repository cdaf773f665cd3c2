use base::{Filter, Sort, list::Listed};
use uuid::Uuid;

use super::{Column, Entity};

impl Listed for Entity {
    const PATH: &'static str = "/api/invitations";

    fn filters() -> Vec<Filter> {
        vec![
            Filter::any_of::<Self, Uuid>("role", Column::RoleId, "To this role, by its id."),
            Filter::lower::<Self>("email", "email_lower", "The whole address, whatever its case."),
        ]
    }

    fn sorts() -> Vec<Sort> {
        vec![Sort::time::<Self>("created_at", Column::CreatedAt), Sort::time::<Self>("expires_at", Column::ExpiresAt)]
    }
}
