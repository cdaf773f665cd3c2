use base::link;
use contacts::ContactLink;
use sea_orm::entity::prelude::*;

/// A contact has to do with a lead.
#[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lead_contact")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub lead_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: Uuid,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

link!();

impl ContactLink for Entity {
    const ENDS: (Column, Column) = (Column::LeadId, Column::ContactId);

    fn between(lead_id: Uuid, contact_id: Uuid) -> Model {
        Model { lead_id, contact_id, ..Model::default() }
    }

    fn ends(link: &Model) -> (Uuid, Uuid) {
        (link.lead_id, link.contact_id)
    }
}
