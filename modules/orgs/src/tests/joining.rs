use serde_json::{Value, json};
use uuid::Uuid;

use super::house::House;

const ACCEPTANCE: &str = "/api/invitations/acceptance/";

async fn invite(house: &House, by: Uuid, org: Uuid, email: &str) -> (u16, Value) {
    let role_id = house.role(org, "user").await;
    house.post("/api/invitations/", by, Some(org), json!({"email": email, "role_id": role_id})).await
}

#[tokio::test]
async fn only_the_invited_verified_address_joins_and_once() {
    let house = House::new().await;
    let ana = house.user("ana@nordlicht.example").await;
    let org = house.org(ana).await;
    let (status, invitation) = invite(&house, ana, org, "Jo@x.example").await;
    assert_eq!((status, &invitation["state"]), (201, &json!("open")), "{invitation}");
    let token = json!({"token": house.post.latest_token()});
    let (mallory, unverified) = (house.user("mallory@x.example").await, house.unverified("JO@x.example").await);
    let nothing = house.post(ACCEPTANCE, mallory, None, json!({"token": "nothing"})).await;
    assert_eq!(nothing.0, 404);
    assert_eq!(house.post(ACCEPTANCE, mallory, None, token.clone()).await, nothing);
    assert_eq!(house.post(ACCEPTANCE, unverified, None, token.clone()).await, nothing);
    house.verify(unverified).await;
    let jo = unverified;
    let (status, joined) = house.post(ACCEPTANCE, jo, None, token.clone()).await;
    assert_eq!((status, &joined["id"]), (201, &json!(org)), "{joined}");
    assert_eq!(house.post(ACCEPTANCE, jo, None, token).await.1["code"], "already_accepted");
    assert_eq!(house.get(&format!("/api/members/{jo}/"), jo, org).await.1["role"]["name"], "User");
    assert_eq!(house.get("/api/invitations/", jo, org).await.1["count"], 0);
    assert_eq!(invite(&house, jo, org, "kim@x.example").await.0, 403);
    assert_eq!(invite(&house, ana, org, "jo@X.example").await.1["code"], "already_member");
}

#[tokio::test]
async fn a_new_letter_voids_the_old_one_and_a_revoked_one_is_void() {
    let house = House::new().await;
    let (ana, jo) = (house.user("ana@nordlicht.example").await, house.user("jo@x.example").await);
    let org = house.org(ana).await;
    let (_, invitation) = invite(&house, ana, org, "jo@x.example").await;
    assert_eq!(invite(&house, ana, org, "JO@x.example").await.1["code"], "already_invited");
    let first = json!({"token": house.post.latest_token()});
    let path = format!("/api/invitations/{}/", invitation["id"].as_str().unwrap());
    assert_eq!(house.post(&format!("{path}delivery/"), ana, Some(org), json!({})).await.0, 200);
    assert_eq!(house.post(ACCEPTANCE, jo, None, first).await.0, 404);
    let second = json!({"token": house.post.latest_token()});
    assert_eq!(house.delete(&path, ana, org).await.0, 204);
    assert_eq!(house.post(ACCEPTANCE, jo, None, second).await.0, 404);
    assert_eq!(invite(&house, ana, org, "jo@x.example").await.0, 201);
}

#[tokio::test]
async fn who_was_removed_comes_back_by_a_new_invitation() {
    let house = House::new().await;
    let ana = house.user("ana@nordlicht.example").await;
    let org = house.org(ana).await;
    let jo = house.user("jo@x.example").await;
    for _ in 0..2 {
        assert_eq!(invite(&house, ana, org, "jo@x.example").await.0, 201);
        let token = json!({"token": house.post.latest_token()});
        assert_eq!(house.post(ACCEPTANCE, jo, None, token).await.0, 201);
        assert_eq!(house.get("/api/roles/", jo, org).await.0, 200);
        assert_eq!(house.delete(&format!("/api/members/{jo}/"), ana, org).await.0, 204);
        assert_eq!(house.get("/api/roles/", jo, org).await.0, 404);
    }
}
