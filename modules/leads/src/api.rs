use base::{Body, Changed, Created, Db, Faults, IfMatch, Listing, Member, Page, Result, Shown, Trashed, Tx, Verb};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use crate::{
    lead::{Entity, Model},
    people::People,
    show::{show, show_one},
    status::LeadStatus,
    view::{LeadChange, LeadView, NewLead},
    write::{Beside, check},
};

/// Those who may become customers.
pub struct LeadsApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/leads")]
impl LeadsApi {
    /// List leads
    ///
    /// Those that you may see, converted ones too unless `status` says otherwise. `search` finds by the beginnings of words
    /// in title, names, e-mail, phone, job title, company, website and town.
    #[oai(path = "/", method = "get", operation_id = "list_leads")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<LeadView>>> {
        self.db
            .read(&member, async |tx| {
                let page = tx.page(&query).await?;
                Ok(Json(page.show_with(async |rows| show(tx, rows).await).await?))
            })
            .await
    }

    /// Create a lead
    ///
    /// Whoever it is assigned to gets a mail.
    #[oai(path = "/", method = "post", operation_id = "create_lead")]
    async fn create(&self, member: Member, new: Body<NewLead>) -> Result<Created<LeadView>> {
        self.db
            .write(&member, async |tx| {
                let row = create(tx, |row| new.0.write(row)).await?;
                Ok(Created::at("/api/leads/", show_one(tx, row).await?))
            })
            .await
    }

    /// Show a lead
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_lead")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<LeadView>> {
        self.db
            .read(&member, async |tx| {
                let row = tx.get::<Entity>(id.0).await?;
                Ok(Shown(show_one(tx, row).await?))
            })
            .await
    }

    /// Change a lead
    ///
    /// A merge patch (RFC 7396): absent leaves, `null` clears. 409 when it would bring a converted lead back.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_lead")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<LeadChange>,
    ) -> Result<Changed<LeadView>> {
        self.db.write(&member, async |tx| put(tx, id.0, &seen, |row| change.0.write(row)).await).await
    }

    /// Replace a lead
    ///
    /// What the body leaves out is cleared. 409 when it would bring a converted lead back.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_lead")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewLead>,
    ) -> Result<Changed<LeadView>> {
        self.db.write(&member, async |tx| put(tx, id.0, &seen, |row| new.0.write(row)).await).await
    }

    /// Trash a lead
    ///
    /// It can be restored.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_lead")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db
            .write(&member, async |tx| {
                let row = tx.open::<Entity>(id.0, Verb::DELETE, &seen).await?;
                tx.trash::<Entity>(&row).await?;
                Ok(Trashed)
            })
            .await
    }

    /// Restore a lead
    ///
    /// Out of the trash.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_lead")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<LeadView>> {
        self.db
            .write(&member, async |tx| {
                let row = tx.open_trashed::<Entity>(id.0, Verb::DELETE).await?;
                let row = tx.restore::<Entity>(&row).await?;
                Ok(Changed(show_one(tx, row).await?))
            })
            .await
    }
}

/// Makes a lead of whatever `write` puts onto an empty row.
pub async fn create<B: Into<Beside>>(tx: &Tx, write: impl FnOnce(&mut Model) -> B) -> Result<Model> {
    let mut row = Model::default();
    let mut faults = Faults::new();
    let Beside { ties, contacts } = write(&mut row).into();
    let ties = ties.check(tx, &mut faults).await?;
    let people = People::of_new(tx, contacts, &mut faults).await?;
    check(&row, &mut faults);
    LeadStatus::check(None, row.status, &mut faults)?;
    faults.check()?;
    let row = tx.insert::<Entity>(row, people.log(ties.fields())).await?;
    ties.keep::<Entity>(tx, &row).await?;
    people.keep(tx, row.id).await?;
    Ok(row)
}

async fn put(tx: &Tx, id: Uuid, seen: &IfMatch, write: impl FnOnce(&mut Model) -> Beside) -> Result<Changed<LeadView>> {
    let before = tx.open::<Entity>(id, Verb::CHANGE, seen).await?;
    let mut after = before.clone();
    let mut faults = Faults::new();
    let Beside { ties, contacts } = write(&mut after);
    let ties = ties.change::<Entity>(tx, id, &mut faults).await?;
    let people = People::of(tx, id, contacts, &mut faults).await?;
    check(&after, &mut faults);
    LeadStatus::check(Some(before.status), after.status, &mut faults)?;
    faults.check()?;
    // A lead has so many fields that this does not fit on a worker's stack beside everything else.
    let row = Box::pin(tx.update::<Entity>(&before, after, people.log(ties.fields()))).await?;
    ties.keep::<Entity>(tx, &row).await?;
    people.keep(tx, row.id).await?;
    Ok(Changed(show_one(tx, row).await?))
}
