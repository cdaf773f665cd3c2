//! Rows that only tie two records of an organisation together. They have no id, no version and no trash of their own: they
//! change with the record that they hang on, which logs it.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, ModelTrait, QueryFilter, QuerySelect,
    sea_query::IntoCondition,
};

use crate::{error::Result, tx::Tx};

/// A link table. [`link!`](crate::link) names its shared columns.
pub trait Link:
    EntityTrait<
        Model: ModelTrait<Entity = Self> + FromQueryResult + IntoActiveModel<Self::ActiveModel> + Send + Sync,
        ActiveModel: ActiveModelTrait<Entity = Self> + Send,
    >
{
    /// `org_id`, `created_at`, `created_by`.
    fn shared() -> [Self::Column; 3];
}

/// The most links that one question answers: 200 records of a page with 50 links each.
const MOST: u64 = 10_000;

impl Tx {
    /// The links that `condition` asks for, in this organisation.
    pub async fn links<L: Link>(&self, condition: impl IntoCondition) -> Result<Vec<L::Model>> {
        let [org_id, ..] = L::shared();
        let links = L::find().filter(condition.into_condition()).filter(org_id.eq(self.actor().org()));
        Ok(links.limit(MOST).all(self.conn()).await?)
    }

    pub async fn link<L: Link>(&self, links: impl IntoIterator<Item = L::Model>) -> Result<()> {
        let [org_id, created_at, created_by] = L::shared();
        let rows: Vec<L::ActiveModel> = links
            .into_iter()
            .map(|link| {
                let mut row = link.into_active_model().reset_all();
                row.set(org_id, self.actor().org().into());
                row.set(created_at, self.now().into());
                row.set(created_by, self.actor().user().into());
                row
            })
            .collect();
        if !rows.is_empty() {
            L::insert_many(rows).exec_without_returning(self.conn()).await?;
        }
        Ok(())
    }

    pub async fn unlink<L: Link>(&self, condition: impl IntoCondition) -> Result<()> {
        let [org_id, ..] = L::shared();
        let links = L::delete_many().filter(condition.into_condition()).filter(org_id.eq(self.actor().org()));
        links.exec(self.conn()).await?;
        Ok(())
    }
}

/// Names the shared columns of the link table in this module.
#[macro_export]
macro_rules! link {
    () => {
        impl $crate::Link for Entity {
            fn shared() -> [Column; 3] {
                [Column::OrgId, Column::CreatedAt, Column::CreatedBy]
            }
        }
    };
}
