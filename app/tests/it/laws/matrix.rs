//! Who may do what: every operation asked by everybody, compared with `matrix.snap`, which anyone can read.
//!
//! A new operation, or another right, turns this red until the matrix says so: `INSTA_UPDATE=always cargo test -p rapport
//! --test it matrix` writes it anew. Read what changed in it as carefully as code.

use std::{collections::BTreeMap, fmt::Write};

use serde_json::{Map, Value, json};
use testing::{PASSWORD, Person, TestApp, both};

use super::{
    document::{OTHER_PASSWORD, Operation, UNKNOWN, operations},
    ids::{is_personal, whose},
    subject::subject,
};
use crate::house::{Ids, furnish, make, text};

const LEGEND: &str = "\
Who may do what.

yes       they may; of a list, the record is in it
none      they may ask for the list, and the record is not in it
401       they have to say who they are
403       they see it and may not
404       for them it is not there

ADMIN     the built-in role, and a record that somebody else made
own       the built-in role USER, and a record that they made themselves
team's    the built-in role USER, and a record that another member assigned to their team
hidden    the built-in role USER, and a record that an admin made
reader    a role of its own with every grant to view, in the whole organisation
nothing   a role of its own without a grant
former    a member who was deactivated
foreign   the admin of another organisation, asking in this one
keeper    whoever runs the installation, member of nothing
nobody    without a token
";

/// What says more than its cells.
const NOTES: &[(&str, &str)] =
    &[("create_acceptance", "the secret of a mail says who may; asked with a wrong one, which is 404 to anybody")];

struct Cast {
    admin: Person,
    mate: Person,
    team: String,
    ids: Ids,
}

/// Somebody, and whose records they are asked about.
struct Seat {
    name: &'static str,
    who: Option<Person>,
    record: Record,
}

#[derive(Clone, Copy, PartialEq)]
enum Record {
    Own,
    OfTheirTeam,
    Hidden,
}

both! {
    async fn everybody_may_do_what_the_matrix_says(app) {
        let (cast, seats) = cast(&app).await;
        let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut all = operations(&app);
        // A person's own come last, for they end sessions.
        all.sort_by_key(|operation| is_personal(&operation.path));
        for operation in all.iter().filter(|operation| !operation.is_open()) {
            let mut cells = Vec::new();
            for seat in &seats {
                cells.push(cell(&app, operation, &cast, seat).await);
            }
            let group = text(&operation.spec["tags"][0]);
            groups.entry(group).or_default().push(row(operation, &cells));
        }
        let mut matrix = format!("{LEGEND}\n{}\n", line("", seats.iter().map(|seat| seat.name)));
        for (group, rows) in groups {
            let _ = write!(matrix, "\n{group}\n{}\n", rows.join("\n"));
        }
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "." }, {
            insta::assert_snapshot!("matrix", matrix);
        });
        app.done().await;
    }
}

async fn cast(app: &TestApp) -> (Cast, Vec<Seat>) {
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
    (Cast { admin, mate, team, ids }, seats)
}

/// What they get, of a record that nobody else was asked about.
async fn cell(app: &TestApp, operation: &Operation, cast: &Cast, seat: &Seat) -> String {
    let mut who = seat.who.clone();
    let mut ids = cast.ids.clone();
    if is_personal(&operation.path) {
        if let Some(person) = &mut who {
            *person = app.logged_in(person).await;
            let sessions = app.get(person, "/api/auth/sessions/").await.expect(200).json();
            ids.insert("session", text(&sessions["results"][0]["id"]));
        } else {
            ids.insert("session", UNKNOWN.to_owned());
        }
    } else if operation.has_id() || operation.is_listing() {
        (who, ids) = about(app, operation, cast, seat, who).await;
    }
    let asked = operation.ask(app, who.as_ref(), &ids).await;
    if let (Some(person), "change_password") = (&who, operation.id.as_str()) {
        let back = json!({ "current_password": OTHER_PASSWORD, "new_password": PASSWORD });
        operation.send(app, Some(person), &operation.path, Some(back)).await;
    }
    match asked.status.as_u16() {
        200..=299 if operation.is_listing() && !shows(&asked.json(), &ids[whose(&operation.path)]) => "none".to_owned(),
        200..=299 => "yes".to_owned(),
        refused @ (401 | 403 | 404) => refused.to_string(),
        other => panic!("{} by {}: {other}, so it was not asked right: {}", operation.id, seat.name, asked.json()),
    }
}

async fn about(
    app: &TestApp,
    operation: &Operation,
    cast: &Cast,
    seat: &Seat,
    who: Option<Person>,
) -> (Option<Person>, Ids) {
    let kind = whose(&operation.path);
    let assigned = ["lead", "contact", "account", "opportunity", "comment", "attachment"].contains(&kind);
    if kind == "member" && seat.record == Record::Own {
        let oneself = app.member(&cast.admin, "Oneself").await;
        let mut ids = cast.ids.clone();
        ids.insert("member", oneself.user.to_string());
        return (Some(oneself), ids);
    }
    let (author, with) = match (seat.record, &who) {
        (Record::Own, Some(user)) if assigned => (user, json!({})),
        (Record::OfTheirTeam, _) if assigned => (&cast.mate, json!({ "teams": [cast.team] })),
        _ if assigned && seat.name == "ADMIN" => (&cast.mate, json!({})),
        _ => (&cast.admin, json!({})),
    };
    let ids = subject(app, operation, author, &cast.admin, &cast.ids, with).await;
    (who, ids)
}

fn shows(list: &Value, id: &str) -> bool {
    list["results"].as_array().into_iter().flatten().any(|row| row["id"] == id)
}

fn row(operation: &Operation, cells: &[String]) -> String {
    let told = line(&text(&operation.spec["summary"]), cells.iter().map(String::as_str));
    match NOTES.iter().find(|(id, _)| operation.id == *id) {
        Some((_, note)) => format!("{told}\n      ({note})"),
        None => told,
    }
}

fn line<'a>(name: &str, cells: impl Iterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.map(|cell| format!("{cell:<8}")).collect();
    format!("  {name:<44}{}", cells.concat()).trim_end().to_owned()
}
