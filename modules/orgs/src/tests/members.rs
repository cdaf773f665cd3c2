use serde_json::json;

use super::house::{House, admin};
use crate::member::change;
use base::{IfMatch, value::Change};

#[tokio::test]
async fn one_changes_ones_own_address_but_not_ones_rank() {
    let house = House::new().await;
    let ana = house.user("ana@nordlicht.example").await;
    let org = house.org(ana).await;
    let user = house.member(org, "user").await;
    let (own, admins) = (format!("/api/members/{user}/"), format!("/api/members/{ana}/"));
    let (status, member) = house.patch(&own, user, org, json!({"phone": "+49 30 901820", "city": "Bremen"})).await;
    assert_eq!(
        (status, &member["phone"]["e164"], &member["city"]),
        (200, &json!("+4930901820"), &json!("Bremen")),
        "{member}"
    );
    let role_id = house.role(org, "admin").await;
    assert_eq!(house.patch(&own, user, org, json!({"role_id": role_id})).await.0, 403);
    assert_eq!(house.patch(&own, user, org, json!({"has_sales_access": true})).await.0, 403);
    assert_eq!(house.patch(&admins, user, org, json!({"city": "Bremen"})).await.0, 403);
    assert_eq!(house.patch(&own, ana, org, json!({"has_sales_access": true, "role_id": role_id})).await.0, 200);
}

#[tokio::test]
async fn members_are_found_by_role_name_and_address() {
    let house = House::new().await;
    let ana = house.user("Ana@nordlicht.example").await;
    let org = house.org(ana).await;
    house.member(org, "user").await;
    let count = async |query: &str| house.get(&format!("/api/members/?{query}"), ana, org).await.1["count"].clone();
    assert_eq!(count("").await, 2);
    assert_eq!(count("email=ANA@nordlicht.example").await, 1);
    assert_eq!(count("name=SMI").await, 2);
    assert_eq!(count("name=%25").await, 0);
    assert_eq!(count("is_active=false").await, 0);
    assert_eq!(count(&format!("role={}", house.role(org, "user").await)).await, 1);
}

#[tokio::test]
async fn whoever_is_removed_is_out_at_once() {
    let house = House::new().await;
    let ana = house.user("ana@nordlicht.example").await;
    let org = house.org(ana).await;
    let user = house.member(org, "user").await;
    assert_eq!(house.get("/api/members/", user, org).await.0, 200);
    assert_eq!(house.delete(&format!("/api/members/{ana}/"), user, org).await.0, 403);
    assert_eq!(house.delete(&format!("/api/members/{user}/"), user, org).await.0, 204);
    assert_eq!(house.get("/api/members/", user, org).await.0, 404);
    let other = house.member(org, "user").await;
    assert_eq!(house.patch(&format!("/api/members/{other}/"), ana, org, json!({"is_active": false})).await.0, 200);
    assert_eq!(house.get("/api/members/", other, org).await.0, 404);
}

#[tokio::test]
async fn the_last_admin_stays() {
    let house = House::new().await;
    let ana = house.user("ana@nordlicht.example").await;
    let org = house.org(ana).await;
    let path = format!("/api/members/{ana}/");
    let role_id = house.role(org, "user").await;
    for change in [json!({"role_id": role_id}), json!({"is_active": false})] {
        let (status, problem) = house.patch(&path, ana, org, change).await;
        assert_eq!((status, &problem["code"]), (409, &json!("last_admin")));
    }
    assert_eq!(house.delete(&path, ana, org).await.0, 409);
    house.member(org, "admin").await;
    assert_eq!(house.delete(&path, ana, org).await.0, 204);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_admins_who_let_each_other_go_at_once_one_stays() {
    let house = House::new().await;
    let ana = house.user("ana@nordlicht.example").await;
    let org = house.org(ana).await;
    let bea = house.member(org, "admin").await;
    let deactivate = async |who, whom| {
        let gone = crate::member::MemberChange { is_active: Change::To(false), ..Default::default() };
        house.db.apply(&admin(org, who), async |tx| change::change(tx, whom, &IfMatch::ANY, gone).await).await
    };
    let (one, other) = tokio::join!(deactivate(ana, bea), deactivate(bea, ana));
    let lost: Vec<_> = [one, other].into_iter().filter_map(Result::err).collect();
    assert_eq!(lost.iter().map(base::Error::code).collect::<Vec<_>>(), ["last_admin"]);
}
