use sea_orm::entity::prelude::*;

/// How often something was tried in vain, so that a restart does not make a guesser new.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "login_attempt")]
pub struct Model {
    /// What was tried, and for whom: `login:jo@example.com`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub failures: i32,
    pub last_failed_at: DateTimeUtc,
    pub blocked_until: Option<DateTimeUtc>,
    /// The UTC day that `day_failures` counts.
    pub day: Date,
    pub day_failures: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
