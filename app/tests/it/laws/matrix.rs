//! Who may do what: every operation asked by everybody, compared with `matrix.snap`, which anyone can read.
//!
//! A new operation, or another right, turns this red until the matrix says so: `INSTA_UPDATE=always cargo test -p rapport
//! --test it matrix` writes it anew. Read what changed in it as carefully as code.

use std::{collections::BTreeMap, fmt::Write};

use serde_json::{Value, json};
use testing::{PASSWORD, TestApp, both};

use super::{
    cast::{Cast, Seat, about, cast},
    document::{OTHER_PASSWORD, Operation, UNKNOWN, operations},
    ids::{is_personal, whose},
};
use crate::house::text;

const LEGEND: &str = "\
Who may do what.

yes       they may; of a list, the record is in it
none      they may ask for the list, and the record is not in it
401       they have to say who they are
403       they see it and may not
404       for them it is not there
422       for them there is nothing to put it into

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
const NOTES: &[(&str, &str)] = &[
    ("leave_board", "whoever is on it, but for its last owner; an ADMIN sees it without being on it"),
    ("create_acceptance", "the secret of a mail says who may; asked with a wrong one, which is 404 to anybody"),
    ("change_member", "of their own, address and phone; the role, the dates and the access are for who has the grant"),
    ("remove_member", "whoever removes themselves leaves"),
];

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
    } else if operation.has_id() || operation.is_listing() || is_put_into(operation) {
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
        422 if is_put_into(operation) => "422".to_owned(),
        other => panic!("{} by {}: {other}, so it was not asked right: {}", operation.id, seat.name, asked.json()),
    }
}

/// Whether it makes something on a board or a case, or an invoice to somebody, which one has to see for that.
fn is_put_into(operation: &Operation) -> bool {
    ["create_card", "create_board_column", "create_time_entry", "create_invoice", "create_opportunity_invoice"]
        .contains(&operation.id.as_str())
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
