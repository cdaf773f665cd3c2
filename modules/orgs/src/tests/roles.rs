use serde_json::json;

use super::house::House;

#[tokio::test]
async fn a_role_grants_what_there_is_and_what_its_maker_has() {
    let house = House::new().await;
    let ana = house.user("ana@nordlicht.example").await;
    let org = house.org(ana).await;
    let unknown = json!({"name": "Odd", "grants": {"lead.fly": "org", "rocket.view": "own", "*": "org"}});
    let (status, problem) = house.post("/api/roles/", ana, Some(org), unknown).await;
    assert_eq!((status, problem["errors"].as_array().unwrap().len()), (422, 3), "{problem}");
    let clerk = json!({"name": "Clerk", "grants": {"role.create": "org", "role.change": "org", "lead.view": "team"}});
    let (status, role) = house.post("/api/roles/", ana, Some(org), clerk).await;
    assert_eq!(status, 201, "{role}");
    let user = house.member(org, "user").await;
    house.patch(&format!("/api/members/{user}/"), ana, org, json!({"role_id": role["id"]})).await;
    let wider = json!({"name": "Wider", "grants": {"lead.view": "org", "role.delete": "org"}});
    let (status, problem) = house.post("/api/roles/", user, Some(org), wider).await;
    assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!("not_yours")));
    let own = format!("/api/roles/{}/", role["id"].as_str().unwrap());
    assert_eq!(house.patch(&own, user, org, json!({"grants": {"lead.view": "org"}})).await.0, 422);
    let same_name = json!({"name": "CLERK", "grants": {}});
    assert_eq!(house.post("/api/roles/", ana, Some(org), same_name).await.0, 409);
}

#[tokio::test]
async fn built_in_roles_and_roles_in_use_stay() {
    let house = House::new().await;
    let ana = house.user("ana@nordlicht.example").await;
    let org = house.org(ana).await;
    let built_in = format!("/api/roles/{}/", house.role(org, "user").await);
    assert_eq!(house.patch(&built_in, ana, org, json!({"name": "Staff"})).await.1["code"], "built_in");
    assert_eq!(house.delete(&built_in, ana, org).await.1["code"], "built_in");
    let (_, role) = house.post("/api/roles/", ana, Some(org), json!({"name": "Clerk", "grants": {}})).await;
    let path = format!("/api/roles/{}/", role["id"].as_str().unwrap());
    let user = house.member(org, "user").await;
    let member = format!("/api/members/{user}/");
    assert_eq!(house.patch(&member, ana, org, json!({"role_id": role["id"]})).await.0, 200);
    assert_eq!(house.delete(&path, ana, org).await.1["code"], "role_in_use");
    assert_eq!(house.delete(&member, ana, org).await.0, 204);
    assert_eq!(house.delete(&path, ana, org).await.0, 204);
    assert_eq!(house.post(&format!("{path}restore/"), ana, Some(org), json!({})).await.0, 200);
}
