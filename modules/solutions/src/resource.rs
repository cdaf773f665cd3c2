use base::{Faults, Resource, Result, Scope, Stamp, Tx, access};
use notes::{Ties, tied};

use crate::{
    access::APPROVE,
    slug,
    solution::{Entity, Model},
    stage,
    view::SolutionView,
};

impl Resource for Entity {
    type View = SolutionView;
    type Beside = Ties;

    /// Other words than those that were approved are a draft, unless whoever writes them may approve them.
    async fn check(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
        if row.slug.is_empty() {
            row.slug = slug::free(tx, &row.title).await?;
        } else if slug::of(&row.slug) != row.slug {
            let detail = "Up to 80 lower-case letters and digits, without accents, with single hyphens between.";
            faults.add("/slug", "invalid_slug", detail);
        }
        let reworded = before.is_some_and(|before| (&before.title, &before.content) != (&row.title, &row.content));
        if reworded && access::scope::<Self>(tx.actor(), APPROVE) != Some(Scope::Org) {
            stage::to_draft(row);
        }
        Ok(())
    }

    /// One statement, however many they are.
    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<SolutionView>> {
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let mut all = tied::<Self>(tx, &ids).await?;
        let view = |row: Model| {
            let own = all.remove(&row.id).unwrap_or_default();
            SolutionView {
                stamp: Stamp::of(&row),
                title: row.title,
                slug: row.slug,
                content: row.content,
                status: row.status,
                approved_at: row.approved_at,
                approved_by: row.approved_by,
                is_published: row.is_published,
                published_at: row.published_at,
                assigned_to: own.assigned_to,
                teams: own.teams,
                tags: own.tags,
            }
        };
        Ok(rows.into_iter().map(view).collect())
    }
}
