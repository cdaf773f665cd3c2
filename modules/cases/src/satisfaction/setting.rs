use base::{Error, Fields, IfMatch, Result, Scope, Tx, Verb, access, record, value::patch_required};
use sea_orm::entity::prelude::*;
use serde::Serialize;

use super::view::{SatisfactionSettings, SatisfactionSettingsChange};

/// Whether and what an organisation asks its customers: one at most.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "satisfaction_setting")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub org_id: Uuid,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
    pub updated_at: DateTimeUtc,
    pub updated_by: Option<Uuid>,
    pub version: i64,
    pub deleted_at: Option<DateTimeUtc>,

    pub is_enabled: bool,
    /// Between the closing of a case and the question.
    pub delay_hours: i32,
    pub question: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("satisfaction_setting");

/// A day: what is solved has then shown whether it holds.
const DELAY: i32 = 24;
const QUESTION: &str = "How satisfied are you with the help that you got?";

/// `None` when customers are not asked.
pub async fn enabled(tx: &Tx) -> Result<Option<Model>> {
    tx.find::<Entity>().filter(Column::IsEnabled.eq(true)).one().await
}

pub async fn show(tx: &Tx) -> Result<SatisfactionSettings> {
    Ok(tx.find::<Entity>().one().await?.unwrap_or_else(unset).into())
}

/// # Errors
/// 403 without the grants: `change`, and `create` for who is the first.
pub async fn change(tx: &Tx, change: SatisfactionSettingsChange) -> Result<SatisfactionSettings> {
    access::scope::<Entity>(tx.actor(), Verb::CHANGE)
        .filter(|scope| *scope == Scope::Org)
        .ok_or_else(Error::forbidden)?;
    tx.alone_with("the satisfaction survey").await?;
    let Some(found) = tx.find::<Entity>().one().await? else {
        let mut row = unset();
        change.write(&mut row);
        return Ok(tx.insert::<Entity>(row, Fields::none()).await?.into());
    };
    let before = tx.open::<Entity>(found.id, Verb::CHANGE, &IfMatch::ANY).await?;
    let mut after = before.clone();
    change.write(&mut after);
    Ok(tx.update::<Entity>(&before, after, Fields::none()).await?.into())
}

fn unset() -> Model {
    Model { delay_hours: DELAY, question: QUESTION.to_owned(), ..Model::default() }
}

impl SatisfactionSettingsChange {
    fn write(self, row: &mut Model) {
        patch_required(&mut row.is_enabled, self.is_enabled);
        patch_required(&mut row.delay_hours, self.delay_hours);
        patch_required(&mut row.question, self.question);
    }
}

impl From<Model> for SatisfactionSettings {
    fn from(row: Model) -> Self {
        Self { is_enabled: row.is_enabled, delay_hours: row.delay_hours, question: row.question }
    }
}
