use base::{Body, Changed, Created, Db, Faults, IfMatch, Listing, Member, Page, Result, Shown, Trashed, Tx, Verb};
use notes::Ties;
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use crate::{
    check::check,
    opportunity::{Entity, Model},
    people,
    show::{show, show_one},
    stage::Stage,
    view::{NewOpportunity, OpportunityChange, OpportunityView},
    write::Beside,
};

/// What may be sold, how far it is, and to whom.
pub struct OpportunitiesApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/opportunities")]
impl OpportunitiesApi {
    /// List opportunities
    ///
    /// Those that you may see. `search` finds by the beginnings of words in the name.
    #[oai(path = "/", method = "get", operation_id = "list_opportunities")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<OpportunityView>>> {
        self.db
            .read(&member, async |tx| {
                let page = tx.page(&query).await?;
                Ok(Json(page.show_with(async |rows| show(tx, rows).await).await?))
            })
            .await
    }

    /// Create an opportunity
    ///
    /// A stage brings its probability: 10, 25, 50, 75, and 100 when won, 0 when lost. Winning needs an amount and a date.
    #[oai(path = "/", method = "post", operation_id = "create_opportunity")]
    async fn create(&self, member: Member, new: Body<NewOpportunity>) -> Result<Created<OpportunityView>> {
        self.db
            .write(&member, async |tx| {
                let row = make(tx, |row| new.0.write(row)).await?;
                Ok(Created::at("/api/opportunities/", show_one(tx, row).await?))
            })
            .await
    }

    /// Show an opportunity
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_opportunity")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<OpportunityView>> {
        self.db
            .read(&member, async |tx| {
                let row = tx.get::<Entity>(id.0).await?;
                Ok(Shown(show_one(tx, row).await?))
            })
            .await
    }

    /// Change an opportunity
    ///
    /// A merge patch (RFC 7396): absent leaves, `null` clears.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_opportunity")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<OpportunityChange>,
    ) -> Result<Changed<OpportunityView>> {
        self.db.write(&member, async |tx| Box::pin(put(tx, id.0, &seen, |row| change.0.write(row))).await).await
    }

    /// Replace an opportunity
    ///
    /// What the body leaves out is cleared.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_opportunity")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewOpportunity>,
    ) -> Result<Changed<OpportunityView>> {
        self.db.write(&member, async |tx| Box::pin(put(tx, id.0, &seen, |row| new.0.write(row))).await).await
    }

    /// Trash an opportunity
    ///
    /// It can be restored.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_opportunity")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db
            .write(&member, async |tx| {
                let row = tx.open::<Entity>(id.0, Verb::DELETE, &seen).await?;
                tx.trash::<Entity>(&row).await?;
                Ok(Trashed)
            })
            .await
    }

    /// Restore an opportunity
    ///
    /// Out of the trash, as it was.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_opportunity")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<OpportunityView>> {
        self.db
            .write(&member, async |tx| {
                let row = tx.open_trashed::<Entity>(id.0, Verb::DELETE).await?;
                let row = tx.restore::<Entity>(&row).await?;
                Ok(Changed(show_one(tx, row).await?))
            })
            .await
    }
}

/// Makes an opportunity of whatever `write` puts onto a new row, which is prospecting with that stage's probability.
/// Whoever sets another stage sets its probability too; a closed one's is certain.
///
/// # Errors
/// 403 without a grant to create; 422 for what its stage lacks, and for ids that are not there for the actor.
pub async fn create(tx: &Tx, write: impl FnOnce(&mut Model) -> Ties, contacts: Vec<Uuid>) -> Result<Model> {
    make(tx, |row| (write(row), Some(contacts))).await
}

async fn make(tx: &Tx, write: impl FnOnce(&mut Model) -> Beside) -> Result<Model> {
    let mut row = Model { probability: Stage::default().probability(), ..Model::default() };
    let mut faults = Faults::new();
    let (ties, contacts) = write(&mut row);
    let ties = ties.check(tx, &mut faults).await?;
    let people = people::group(tx, contacts.unwrap_or_default(), &mut faults).await?;
    row.sign(None, tx.actor().user());
    check(tx, &row, None, &mut faults).await?;
    faults.check()?;
    let row = tx.insert::<Entity>(row, people.log(ties.fields())).await?;
    ties.keep::<Entity>(tx, &row).await?;
    people.keep(tx, row.id).await?;
    Ok(row)
}

async fn put(
    tx: &Tx,
    id: Uuid,
    seen: &IfMatch,
    write: impl FnOnce(&mut Model) -> Beside,
) -> Result<Changed<OpportunityView>> {
    let before = tx.open::<Entity>(id, Verb::CHANGE, seen).await?;
    let mut after = before.clone();
    let mut faults = Faults::new();
    let (ties, contacts) = write(&mut after);
    let ties = ties.change::<Entity>(tx, id, &mut faults).await?;
    let people = people::regroup(tx, id, contacts, &mut faults).await?;
    after.sign(Some(&before), tx.actor().user());
    check(tx, &after, Some(&before), &mut faults).await?;
    faults.check()?;
    let row = tx.update::<Entity>(&before, after, people.log(ties.fields())).await?;
    ties.keep::<Entity>(tx, &row).await?;
    people.keep(tx, row.id).await?;
    Ok(Changed(show_one(tx, row).await?))
}
