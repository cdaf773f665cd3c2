use sea_orm::entity::prelude::*;

/// One login on one device, for as long as its refresh tokens follow one another: the family is one row.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    /// By what all refresh tokens of this session are known, the old ones too: a digest of the part they share.
    pub family: Uuid,
    /// Hex SHA-256 of the refresh token that is good.
    #[sea_orm(unique)]
    pub refresh_hash: String,
    /// Of the one before, which is good for a retry while the pair that replaced it is unused.
    pub previous_refresh_hash: Option<String>,
    pub rotated_at: Option<DateTimeUtc>,
    /// Whether the present access token was used: its answer did arrive.
    pub pair_used: bool,
    pub ip: Option<String>,
    pub user_agent: Option<String>,
    pub created_at: DateTimeUtc,
    pub last_used_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub revoked_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::UserId", to = "super::user::Column::Id")]
    User,
}

impl Related<super::user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::User.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("id", &self.id).field("user_id", &self.user_id).finish_non_exhaustive()
    }
}
