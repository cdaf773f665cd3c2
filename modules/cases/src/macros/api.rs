use base::{Body, Changed, Created, Db, IfMatch, Listed, Listing, Member, Page, Resource, Result, Shown, Trashed};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use super::{
    reach,
    row::Entity,
    run,
    view::{MacroChange, MacroPreview, MacroView, NewMacro, NewMacroRun},
};
use crate::{case, view::CaseView};

/// What is done with cases again and again.
pub struct MacrosApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/cases")]
impl MacrosApi {
    /// List macros
    ///
    /// Those that are shared, those of your teams, and your own; of all teams with the grant `case_macro.share`.
    #[oai(path = "/macros/", method = "get", operation_id = "list_macros")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<MacroView>>> {
        self.db
            .read(&member, async |tx| {
                let page = tx.page_of(&query, reach::seen(tx)).await?;
                Ok(Json(page.show_with(async |rows| Entity::show(tx, rows).await).await?))
            })
            .await
    }

    /// Make a macro
    ///
    /// Your own; one that is shared, or a team's, takes the grant `case_macro.share`.
    #[oai(path = "/macros/", method = "post", operation_id = "create_macro")]
    async fn create(&self, member: Member, new: Body<NewMacro>) -> Result<Created<MacroView>> {
        self.db
            .write(&member, async |tx| {
                let row = Box::pin(tx.make::<Entity>(|row| new.0.write(row))).await?;
                Ok(Created::at(Entity::PATH, tx.show::<Entity>(row).await?))
            })
            .await
    }

    /// Show a macro
    ///
    /// With its `ETag`.
    #[oai(path = "/macros/:id/", method = "get", operation_id = "show_macro")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<MacroView>> {
        self.db
            .read(&member, async |tx| {
                let row = reach::get(tx, id.0).await?;
                Ok(Shown(tx.show::<Entity>(row).await?))
            })
            .await
    }

    /// Change a macro
    ///
    /// A merge patch (RFC 7396): absent leaves, `null` clears. One that is not yours alone takes the grant `case_macro.share`.
    #[oai(path = "/macros/:id/", method = "patch", operation_id = "change_macro")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<MacroChange>,
    ) -> Result<Changed<MacroView>> {
        self.db
            .write(&member, async |tx| {
                let row = reach::open(tx, id.0, &seen).await?;
                let row = Box::pin(tx.amend::<Entity>(row.id, &seen, |row| change.0.write(row))).await?;
                Ok(Changed(tx.show::<Entity>(row).await?))
            })
            .await
    }

    /// Replace a macro
    ///
    /// What the body leaves out is cleared.
    #[oai(path = "/macros/:id/", method = "put", operation_id = "replace_macro")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewMacro>,
    ) -> Result<Changed<MacroView>> {
        self.db
            .write(&member, async |tx| {
                let row = reach::open(tx, id.0, &seen).await?;
                let row = Box::pin(tx.amend::<Entity>(row.id, &seen, |row| new.0.write(row))).await?;
                Ok(Changed(tx.show::<Entity>(row).await?))
            })
            .await
    }

    /// Trash a macro
    ///
    /// It can be restored.
    #[oai(path = "/macros/:id/", method = "delete", operation_id = "delete_macro")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db
            .write(&member, async |tx| {
                let row = reach::open(tx, id.0, &seen).await?;
                tx.trash::<Entity>(&row).await?;
                Ok(Trashed)
            })
            .await
    }

    /// Restore a macro
    ///
    /// Out of the trash.
    #[oai(path = "/macros/:id/restore/", method = "post", operation_id = "restore_macro")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<MacroView>> {
        self.db
            .write(&member, async |tx| {
                let row = reach::open_trashed(tx, id.0).await?;
                let row = tx.restore::<Entity>(&row).await?;
                Ok(Changed(tx.show::<Entity>(row).await?))
            })
            .await
    }

    /// Run a macro on a case
    ///
    /// All of its actions in their order or none of them, each with your own rights and as if you did it by hand: a public comment
    /// goes to the customer, a status turns the clock. What is between two comments is one change. An action that is refused is
    /// named in `errors` by its pointer in the macro, `/actions/2`.
    #[oai(path = "/:id/macro-runs/", method = "post", operation_id = "run_macro")]
    async fn run(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewMacroRun>,
    ) -> Result<Changed<CaseView>> {
        self.db
            .write(&member, async |tx| {
                let row = Box::pin(run::run(tx, id.0, &seen, new.0.macro_id)).await?;
                Ok(Changed(tx.show::<case::Entity>(row).await?))
            })
            .await
    }

    /// Preview a macro on a case
    ///
    /// What it would say. Nothing is done.
    #[oai(path = "/:id/macro-previews/", method = "post", operation_id = "preview_macro")]
    async fn preview(&self, member: Member, id: Path<Uuid>, new: Body<NewMacroRun>) -> Result<Json<MacroPreview>> {
        self.db.read(&member, async |tx| run::preview(tx, id.0, new.0.macro_id).await.map(Json)).await
    }
}
