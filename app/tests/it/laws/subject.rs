//! A record for one request: what an operation is about, in the state in which it can be done.

use poem::http::Method;
use serde_json::{Value, json};
use testing::{Person, TestApp};

use super::{
    document::Operation,
    ids::{is_personal, whose},
};
use crate::house::{Ids, JOINED, make, merge, put_logo, tied};

/// What hangs on a record of which kind, and is there for whoever sees that.
pub const HANGING: &[(&str, &str)] = &[("comment", "lead"), ("attachment", "lead"), ("time_entry", "case")];

/// The same ids, with a new record for the operation made by `author` (`with` says more about it). `admin` sees to its state.
pub async fn subject(
    app: &TestApp,
    operation: &Operation,
    author: &Person,
    admin: &Person,
    ids: &Ids,
    with: Value,
) -> Ids {
    let mut ids = ids.clone();
    if is_personal(&operation.path) {
        return ids;
    }
    let kind = whose(&operation.path);
    if kind == "org" {
        put_logo(app, admin, &ids["org"]).await.expect(200);
        return ids;
    }
    // What hangs on a record is as visible as that.
    let hangs = HANGING.iter().find(|(hanging, _)| *hanging == kind);
    if let Some((_, on)) = hangs {
        let made = make(app, author, on, &ids, with.clone()).await;
        ids.insert(on, made);
    }
    // And what is on a board, as that.
    let mut with = with;
    for &whole in JOINED.iter().take_while(|whole| JOINED.contains(&kind) && **whole != kind) {
        let made = make(app, author, whole, &ids, tied(whole, &ids)).await;
        ids.insert(whole, made);
    }
    match kind {
        "board_column" => merge(&mut with, json!({ "board_id": ids["board"] })),
        "card" => merge(&mut with, json!({ "column_id": ids["board_column"] })),
        _ => {}
    }
    // An invoice is to an account, and perhaps for an opportunity, that are as visible as it is.
    if kind == "invoice" {
        let to = make(app, author, "account", &ids, with.clone()).await;
        ids.insert("account", to.clone());
        let mut deal = json!({ "account_id": to, "currency": "EUR" });
        merge(&mut deal, with.clone());
        let deal = make(app, author, "opportunity", &ids, deal).await;
        ids.insert("opportunity", deal);
        merge(&mut with, json!({ "account_id": to }));
    }
    let another = with.clone();
    let made = make(app, author, kind, &ids, if hangs.is_some() { json!({}) } else { with }).await;
    ids.insert(kind, made.clone());
    let prefix = operation.path.split('{').next().unwrap_or_default();
    if operation.path.ends_with("/restore/") {
        app.delete(admin, &format!("{prefix}{made}/")).await.expect(204);
    }
    if operation.id == "leave_board" {
        // The last owner stays.
        let other = app.member(admin, "Other").await;
        let owners = json!({ "owners": [author.user, other.user] });
        app.patch(admin, &format!("{prefix}{made}/"), owners).await.expect(200);
    }
    if operation.id == "issue_invoice" {
        let lines = json!({ "lines": [{ "name": "canary", "unit_price": "1.00" }] });
        app.send(Some(author), Method::PUT, &format!("{prefix}{made}/lines/"), Some(lines)).await.expect(200);
    }
    if operation.id == "publish_solution" {
        app.send(Some(admin), Method::POST, &format!("{prefix}{made}/approval/"), None).await.expect(200);
    }

    if ["merge_cases", "unmerge_case"].contains(&operation.id.as_str()) {
        let other = make(app, author, "case", &ids, another).await;
        if operation.id == "unmerge_case" {
            let merging = json!({ "others": [made] });
            app.post(admin, &format!("{prefix}{other}/merge/"), merging).await.expect(200);
        }
        ids.insert("other_case", other);
    }
    if operation.id == "retry_job" {
        app.send(Some(admin), Method::POST, &format!("{prefix}{made}/cancellation/"), None).await.expect(200);
    }
    ids
}
