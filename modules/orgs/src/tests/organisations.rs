use poem::http::Method;
use serde_json::json;
use uuid::Uuid;

use super::house::House;

#[tokio::test]
async fn whoever_founds_an_organisation_is_its_admin() {
    let house = House::new().await;
    let ana = house.user("ana@nordlicht.example").await;
    let new = json!({"name": " Nordlicht ", "country": "DE", "default_currency": "EUR", "timezone": "Europe/Berlin"});
    let (status, org) = house.post("/api/orgs/", ana, None, new).await;
    assert_eq!((status, &org["name"], &org["default_currency"]), (201, &json!("Nordlicht"), &json!("EUR")), "{org}");
    let (status, mine) = house.send(Method::GET, "/api/orgs/", ana, None, None, "").await;
    assert_eq!(status, 200);
    assert_eq!((&mine["results"][0]["id"], &mine["results"][0]["role"]["name"]), (&org["id"], &json!("Admin")));
    let id: Uuid = serde_json::from_value(org["id"].clone()).unwrap();
    let (_, roles) = house.get("/api/roles/?sort=name", ana, id).await;
    assert_eq!((&roles["count"], &roles["results"][0]["grants"]), (&json!(2), &json!({"*": "org"})));
}

#[tokio::test]
async fn a_change_needs_the_grant_and_the_version_and_is_logged() {
    let house = House::new().await;
    let ana = house.user("ana@nordlicht.example").await;
    let org = house.org(ana).await;
    let user = house.member(org, "user").await;
    let path = format!("/api/orgs/{org}/");
    let change = json!({"country": "DE", "phone": "030 901820", "tax_id": null});
    assert_eq!(house.patch(&path, user, org, change.clone()).await.0, 403);
    let (status, changed) = house.patch(&path, ana, org, change.clone()).await;
    assert_eq!(
        (status, &changed["phone"]["e164"], &changed["version"]),
        (200, &json!("+4930901820"), &json!(2)),
        "{changed}"
    );
    let stale = house.send(Method::PATCH, &path, ana, Some(org), Some(json!({"name": "Südlicht"})), "\"1-00\"").await;
    assert_eq!(stale.0, 412);
    assert_eq!(house.get(&path, user, org).await.1["name"], "Nordlicht");
    assert_eq!(house.patch(&path, ana, org, json!({"name": null})).await.0, 422);
    assert_eq!(house.logged("organisation", org).await, ["created", "changed"]);
}

#[tokio::test]
async fn another_organisation_is_not_there() {
    let house = House::new().await;
    let (ana, bea) = (house.user("ana@a.example").await, house.user("bea@b.example").await);
    let (a, b) = (house.org(ana).await, house.org(bea).await);
    assert_eq!(house.get(&format!("/api/orgs/{a}/"), ana, a).await.0, 200);
    let unknown = house.get(&format!("/api/orgs/{}/", Uuid::now_v7()), ana, a).await;
    assert_eq!(unknown.0, 404);
    assert_eq!(house.get(&format!("/api/orgs/{b}/"), ana, a).await, unknown);
    assert_eq!(house.get(&format!("/api/members/{bea}/"), ana, a).await, unknown);
    assert_eq!(house.get(&format!("/api/orgs/{b}/"), ana, b).await.0, 404);
}
