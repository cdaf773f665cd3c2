//! Everybody who can ask for something, and the records that they are asked about.

use serde_json::{Map, Value, json};
use testing::{Person, TestApp};

use super::{
    document::Operation,
    ids::whose,
    subject::{HANGING, subject},
};
use crate::house::{ASSIGNED, Ids, JOINED, furnish, make};

/// Who is there beside those who ask.
pub struct Cast {
    pub ids: Ids,
    admin: Person,
    mate: Person,
    team: String,
}

/// Somebody, and whose records they are asked about.
pub struct Seat {
    pub name: &'static str,
    pub who: Option<Person>,
    record: Record,
}

#[derive(Clone, Copy, PartialEq)]
enum Record {
    Own,
    OfTheirTeam,
    Hidden,
}

pub async fn cast(app: &TestApp) -> (Cast, Vec<Seat>) {
    let admin = app.admin("Ours").await;
    let ids = furnish(app, &admin).await;
    let (user, mate) = (app.member(&admin, "User").await, app.member(&admin, "Mate").await);
    let team = make(app, &admin, "team", &ids, json!({ "members": [user.user, mate.user] })).await;
    let grants = app.get(&admin, "/api/grants/").await.expect(200).json();
    let viewed =
        grants.as_object().expect("objects").iter().filter(|(_, verbs)| verbs.to_string().contains("\"view\""));
    let view: Map<String, Value> = viewed.map(|(object, _)| (format!("{object}.view"), json!("org"))).collect();
    assert!(view.len() > 5, "{view:?}");
    let reading = make(app, &admin, "role", &ids, json!({ "grants": view })).await;
    let idle = make(app, &admin, "role", &ids, json!({ "grants": {} })).await;
    let (reader, nothing) = (app.member(&admin, "Reader").await, app.member(&admin, "Nothing").await);
    let former = app.member(&admin, "Former").await;
    for (person, change) in [
        (&reader, json!({ "role_id": reading })),
        (&nothing, json!({ "role_id": idle })),
        (&former, json!({ "is_active": false })),
    ] {
        app.patch(&admin, &format!("/api/members/{}/", person.user), change).await.expect(200);
    }
    let foreign = Person { org: admin.org, ..app.admin("Theirs").await };
    let keeper = Person { org: admin.org, ..app.keeper("Keeper").await };
    let seat = |name, who: &Person, record| Seat { name, who: Some(who.clone()), record };
    let seats = vec![
        seat("ADMIN", &admin, Record::Hidden),
        seat("own", &user, Record::Own),
        seat("team's", &user, Record::OfTheirTeam),
        seat("hidden", &user, Record::Hidden),
        seat("reader", &reader, Record::Hidden),
        seat("nothing", &nothing, Record::Hidden),
        seat("former", &former, Record::Hidden),
        seat("foreign", &foreign, Record::Hidden),
        seat("keeper", &keeper, Record::Hidden),
        Seat { name: "nobody", who: None, record: Record::Hidden },
    ];
    (Cast { ids, admin, mate, team }, seats)
}

/// The record that they are asked about, which nobody else is, and who asks.
pub async fn about(
    app: &TestApp,
    operation: &Operation,
    cast: &Cast,
    seat: &Seat,
    who: Option<Person>,
) -> (Option<Person>, Ids) {
    let kind = whose(&operation.path);
    let assigned = ASSIGNED.contains(&kind) || HANGING.iter().any(|(hanging, _)| *hanging == kind);
    // Whose it is goes by who made it.
    let made = JOINED.contains(&kind) || kind == "solution";
    if kind == "member" && seat.record == Record::Own {
        let oneself = app.member(&cast.admin, "Oneself").await;
        let mut ids = cast.ids.clone();
        ids.insert("member", oneself.user.to_string());
        return (Some(oneself), ids);
    }
    let (author, with) = match (seat.record, &who) {
        (Record::Own, Some(user)) if assigned => (user, json!({})),
        (Record::Own, Some(user)) if made => (user, json!({})),
        (Record::OfTheirTeam, _) if made => (&cast.mate, json!({})),
        _ if made && seat.name == "ADMIN" => (&cast.mate, json!({})),
        (Record::OfTheirTeam, _) if assigned => (&cast.mate, json!({ "teams": [cast.team] })),
        _ if assigned && seat.name == "ADMIN" => (&cast.mate, json!({})),
        _ => (&cast.admin, json!({})),
    };
    let ids = subject(app, operation, author, &cast.admin, &cast.ids, with).await;
    (who, ids)
}
