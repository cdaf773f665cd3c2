use base::{Body, Changed, Created, Db, IfMatch, Listing, Member, Page, Result, Shown, Trashed};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use crate::{
    product::Entity,
    view::{NewProduct, ProductChange, ProductView},
};

/// What is sold, and for how much.
pub struct ProductsApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/products")]
impl ProductsApi {
    /// List products
    ///
    /// `search` finds by the beginnings of words in the name, the `sku` and the category.
    #[oai(path = "/", method = "get", operation_id = "list_products")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<ProductView>>> {
        self.db.list(&member, &query).await
    }

    /// Create a product
    ///
    /// A `sku` that another product has, in whatever case, is a 409 `duplicate`.
    #[oai(path = "/", method = "post", operation_id = "create_product")]
    async fn create(&self, member: Member, new: Body<NewProduct>) -> Result<Created<ProductView>> {
        self.db.create::<Entity>(&member, |row| new.0.write(row)).await
    }

    /// Show a product
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_product")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<ProductView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Change a product
    ///
    /// A merge patch (RFC 7396): absent leaves, `null` clears.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_product")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<ProductChange>,
    ) -> Result<Changed<ProductView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| change.0.write(row)).await
    }

    /// Replace a product
    ///
    /// What the body leaves out is cleared.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_product")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewProduct>,
    ) -> Result<Changed<ProductView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| new.0.write(row)).await
    }

    /// Trash a product
    ///
    /// It can be restored. Where it was sold it stays.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_product")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db.delete::<Entity>(&member, id.0, &seen).await
    }

    /// Restore a product
    ///
    /// Out of the trash; 409 `duplicate` when another product took its `sku` meanwhile.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_product")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<ProductView>> {
        self.db.restore::<Entity>(&member, id.0).await
    }
}
