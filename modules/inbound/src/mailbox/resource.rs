use base::{Resource, Result, Stamp, Tx};
use notes::{Ties, tied};

use super::{
    key,
    row::{Entity, Model},
    view::MailboxView,
};

impl Resource for Entity {
    type View = MailboxView;
    type Beside = Ties;

    /// With a key that nobody knows, until one is shown to somebody.
    fn blank() -> Model {
        Model { key_hash: key::hash(&key::random()), ..Model::default() }
    }

    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<MailboxView>> {
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let mut ties = tied::<Entity>(tx, &ids).await?;
        let view = |row: Model| {
            let own = ties.remove(&row.id).unwrap_or_default();
            MailboxView {
                stamp: Stamp::of(&row),
                name: row.name,
                address: row.address,
                is_active: row.is_active,
                priority: row.priority,
                case_type: row.case_type,
                takes_answers: row.takes_answers,
                assigned_to: own.assigned_to,
                teams: own.teams,
                tags: own.tags,
                key: None,
            }
        };
        Ok(rows.into_iter().map(view).collect())
    }
}
