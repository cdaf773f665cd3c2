use poem::http::Method;
use serde_json::json;

use super::house::House;

#[tokio::test]
async fn only_keepers_see_the_organisations_and_can_close_one() {
    let house = House::new().await;
    let ana = house.user("ana@nordlicht.example").await;
    let org = house.org(ana).await;
    let keeper = house.user("kim@keeper.example").await;
    let impostor = house.unverified("jo@keeper.example").await;
    let list = async |user| house.send(Method::GET, "/api/platform/orgs/?limit=1", user, None, None, "").await;
    assert_eq!(list(ana).await.0, 404);
    assert_eq!(list(impostor).await.0, 404);
    let (status, orgs) = list(keeper).await;
    assert_eq!((status, &orgs["results"][0]["members"], &orgs["next"]), (200, &json!(1), &json!(null)), "{orgs}");
    let path = format!("/api/platform/orgs/{org}/");
    let close = async |user, open: bool| {
        house.send(Method::PATCH, &path, user, None, Some(json!({"is_active": open})), "").await.0
    };
    assert_eq!(close(ana, false).await, 404);
    assert_eq!(close(keeper, false).await, 200);
    assert_eq!(house.get("/api/members/", ana, org).await.0, 404);
    assert_eq!(house.get("/api/members/", keeper, org).await.0, 404);
    assert_eq!(close(keeper, true).await, 200);
    assert_eq!(house.get("/api/members/", ana, org).await.0, 200);
    assert_eq!(house.logged("organisation", org).await, ["created", "changed", "changed"]);
}
