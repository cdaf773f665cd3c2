use base::{Actor, Fields, Grants, PlatformTx, Request, Result, Scope, Tx};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;

use crate::{member, org::organisation, role};

/// Founds an organisation: its two built-in roles, its built-in pipelines and number series, and `owner` as its first admin. Answers its id.
///
/// # Errors
/// 422 when `owner` is no user.
pub async fn create_org(tx: &PlatformTx, name: &str, owner: Uuid) -> Result<Uuid> {
    let org = organisation::Model {
        name: name.to_owned(),
        default_currency: "USD".to_owned(),
        timezone: "UTC".to_owned(),
        ..Default::default()
    };
    Ok(found(tx, org, owner, Request::default()).await?.id)
}

pub(crate) async fn found(
    tx: &PlatformTx,
    org: organisation::Model,
    owner: Uuid,
    request: Request,
) -> Result<organisation::Model> {
    let org = organisation::Model {
        id: tx.id(),
        is_active: true,
        created_at: tx.now(),
        created_by: Some(owner),
        updated_at: tx.now(),
        updated_by: Some(owner),
        version: 1,
        ..org
    };
    let org = organisation::Entity::insert(org.into_active_model().reset_all()).exec_with_returning(tx.conn()).await?;
    #[expect(
        clippy::disallowed_methods,
        reason = "who founds an organisation is its first admin, before any gate knows"
    )]
    let founder = Actor::of(org.id, owner, Grants::everything(), Vec::new(), request);
    tx.enter_as(founder, async |tx| furnish(tx, &org, owner).await).await?;
    Ok(org)
}

async fn furnish(tx: &Tx, org: &organisation::Model, owner: Uuid) -> Result<()> {
    let made = Fields::none().with("name", None::<String>, &org.name);
    tx.log_on("organisation", org.id, "created", made).await?;
    let admin = built_in(tx, role::ADMIN, "Admin", "Everything.", &Grants::everything()).await?;
    built_in(tx, role::USER, "User", "Their own work and that of their teams.", &user_grants()).await?;
    pipelines::found(tx).await?;
    numbering::found(tx).await?;
    let owner = member::Model {
        user_id: owner,
        role_id: admin,
        is_active: true,
        has_sales_access: true,
        has_marketing_access: true,
        ..Default::default()
    };
    tx.insert::<member::Entity>(owner, Fields::none()).await?;
    Ok(())
}

async fn built_in(tx: &Tx, key: &str, name: &str, description: &str, grants: &Grants) -> Result<Uuid> {
    let role = role::Model {
        key: Some(key.to_owned()),
        name: name.to_owned(),
        description: Some(description.to_owned()),
        grants: json!(grants),
        ..Default::default()
    };
    Ok(tx.insert::<role::Entity>(role, Fields::none()).await?.id)
}

/// What the built-in USER may do in a new organisation: see and change the work of their teams, delete their own.
#[must_use]
pub fn user_grants() -> Grants {
    let records = ["lead", "contact", "account", "opportunity", "invoice", "case", "task", "event"]
        .into_iter()
        .flat_map(|object| {
            [("view", Scope::Team), ("create", Scope::Own), ("change", Scope::Team), ("delete", Scope::Own)]
                .map(|(verb, scope)| (format!("{object}.{verb}"), scope))
        });
    let in_boards = ["board", "card"]
        .into_iter()
        .flat_map(|object| ["view", "create", "change", "delete"].map(|verb| (format!("{object}.{verb}"), Scope::Own)));
    let solutions = [("view", Scope::Org), ("create", Scope::Own), ("change", Scope::Own), ("delete", Scope::Own)]
        .map(|(verb, scope)| (format!("solution.{verb}"), scope));
    let rest = [
        ("lead.convert", Scope::Team),
        ("tag.view", Scope::Org),
        ("tag.create", Scope::Org),
        ("product.view", Scope::Org),
        ("goal.view", Scope::Team),
    ];
    records.chain(in_boards).chain(solutions).chain(rest.map(|(name, scope)| (name.to_owned(), scope))).collect()
}
