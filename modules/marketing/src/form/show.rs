use base::{Result, Stamp, Tx};
use notes::tied;

use super::{
    row::{Entity, Model},
    view::FormView,
};

/// Rows as they are shown, in their order.
pub async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<FormView>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut ties = tied::<Entity>(tx, &ids).await?;
    let view = |row: Model| {
        let own = ties.remove(&row.id).unwrap_or_default();
        FormView {
            stamp: Stamp::of(&row),
            title: row.title,
            key: row.key,
            allowed_origins: row.allowed_origins.0,
            required_fields: row.required_fields.0,
            minimum_seconds: row.minimum_seconds,
            is_active: row.is_active,
            assigned_to: own.assigned_to,
            teams: own.teams,
            tags: own.tags,
        }
    };
    Ok(rows.into_iter().map(view).collect())
}
