use sea_orm::entity::prelude::*;
use serde::Serialize;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "member")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub org_id: Uuid,
    /// Unique in the organisation, in the trash too: who comes back finds their own row.
    pub user_id: Uuid,
    pub role_id: Uuid,
    pub is_active: bool,
    pub phone_typed: Option<String>,
    pub phone_e164: Option<String>,
    pub alternate_phone_typed: Option<String>,
    pub alternate_phone_e164: Option<String>,
    pub address_line: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub postcode: Option<String>,
    pub country: Option<String>,
    pub date_of_joining: Option<Date>,
    pub has_sales_access: bool,
    pub has_marketing_access: bool,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
    pub updated_at: DateTimeUtc,
    pub updated_by: Option<Uuid>,
    pub version: i64,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

base::record!("member");
