use base::link;
use contacts::ContactLink;
use sea_orm::entity::prelude::*;

/// A contact takes part in an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_contact")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
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
    const ENDS: (Column, Column) = (Column::EventId, Column::ContactId);

    fn between(event_id: Uuid, contact_id: Uuid) -> Model {
        Model { event_id, contact_id, ..Model::default() }
    }

    fn ends(link: &Model) -> (Uuid, Uuid) {
        (link.event_id, link.contact_id)
    }
}
