//! Whoever does not see everything gets their lists by another way: they must be what an admin's lists say of it.

use std::collections::BTreeSet;

use base::{Actor, Grants, Request};
use leads::{Entity, Lead, LeadStatus};
use serde_json::{Value, json};
use testing::{Person, TestApp, both};
use uuid::Uuid;

/// So many that Mia's are more than a list gathers before it puts them in order.
const ALL: usize = 2_500;

const STATUSES: [LeadStatus; 3] = [LeadStatus::Assigned, LeadStatus::InProcess, LeadStatus::Recycled];

async fn make(app: &TestApp, who: &Person, numbers: impl Iterator<Item = usize>) -> Vec<Uuid> {
    let rows = numbers.map(|n| Lead {
        title: format!("Bridge {}", n % 7),
        email: Some(format!("Lead{n}@Elbe.example")),
        city: Some(["Ulm", "Bremen"][n % 2].to_owned()),
        status: STATUSES[n % 3],
        is_active: n % 5 != 0,
        ..Lead::default()
    });
    #[expect(clippy::disallowed_methods, reason = "a test is its own gate")]
    let actor =
        Actor::of(who.org.expect("an organisation"), who.user, Grants::everything(), Vec::new(), Request::default());
    let mut rows: Vec<Lead> = rows.collect();
    let made = app.parts.db.apply(&actor, async |tx| {
        pipelines::place_all::<Entity>(tx, &mut rows).await?;
        tx.insert_many::<Entity>(rows).await
    });
    let made = made.await.expect("made");
    made.iter().map(|lead| lead.id).collect()
}

async fn give(app: &TestApp, who: &Person, ids: &[Uuid], to: &Person) {
    #[expect(clippy::disallowed_methods, reason = "a test is its own gate")]
    let actor =
        Actor::of(who.org.expect("an organisation"), who.user, Grants::everything(), Vec::new(), Request::default());
    app.parts.db.apply(&actor, async |tx| notes::assign_many::<Entity>(tx, ids, to.user).await).await.expect("given");
}

/// All pages of a list, and the count that each of them told.
async fn walk(app: &TestApp, who: &Person, query: &str) -> (Vec<Uuid>, BTreeSet<u64>) {
    let (mut ids, mut counts, mut cursor) = (Vec::new(), BTreeSet::new(), String::new());
    loop {
        let page = app.get(who, &format!("/api/leads/?limit=200&{query}{cursor}")).await.expect(200).json();
        ids.extend(page["results"].as_array().expect("rows").iter().map(id_of));
        counts.extend(page["count"].as_u64());
        assert_eq!(page["count_is_exact"], true);
        let Some(next) = page["next"].as_str() else {
            return (ids, counts);
        };
        cursor = format!("&cursor={next}");
    }
}

fn id_of(row: &Value) -> Uuid {
    row["id"].as_str().expect("an id").parse().expect("an id")
}

both! {
    async fn a_restricted_list_is_the_admins_without_the_rest(app) {
        let admin = app.admin("Harbour").await;
        let (mia, tom) = (app.member(&admin, "Mia").await, app.member(&admin, "Tom").await);
        app.post(&admin, "/api/teams/", json!({ "name": "North", "members": [mia.user, tom.user] })).await.expect(201);
        // Mia sees what she made and what is given to her, or to Tom; what Tom made for himself she does not.
        let mut hidden = make(&app, &admin, 0..200).await;
        let given = make(&app, &admin, 200..1_000).await;
        make(&app, &mia, 1_000..1_400).await;
        let toms = make(&app, &tom, 1_400..ALL).await;
        give(&app, &admin, &toms[100..], &tom).await;
        hidden.extend(&toms[..100]);
        give(&app, &admin, &given, &mia).await;
        give(&app, &admin, &given[..300], &tom).await;
        let trashed = given[7];
        app.delete(&admin, &format!("/api/leads/{trashed}/")).await.expect(204);
        let freed = given[500];
        app.patch(&admin, &format!("/api/leads/{freed}/"), json!({ "assigned_to": [] })).await.expect(200);
        app.patch(&admin, &format!("/api/leads/{}/", given[9]), json!({ "status": "closed", "address": { "city": "Kiel" } })).await.expect(200);

        for query in [
            "", "sort=created_at", "sort=title", "sort=-updated_at,title", "status=in_process", "status=closed",
            "status=recycled&sort=-title", "city=Kiel", "city=Ulm&is_active=false", "email=lead333@elbe.example",
            "search=bridge", "search=bridge%206&status=assigned&sort=title", "search=lead333", "search=nothing",
            "trashed=true", "updated_at__gte=2020-01-01T00:00:00Z&status=recycled",
        ] {
            let (all, _) = walk(&app, &admin, query).await;
            let seen: Vec<Uuid> = all.into_iter().filter(|id| !hidden.contains(id) && *id != freed).collect();
            let (own, counts) = walk(&app, &mia, query).await;
            assert_eq!(own.len(), seen.len(), "{query}");
            assert!(own == seen, "in another order: {query}");
            assert_eq!(counts, BTreeSet::from([seen.len() as u64]), "{query}");
        }
        let third = app.get(&mia, "/api/leads/?offset=400&limit=3").await.expect(200).json();
        let (all, _) = walk(&app, &mia, "").await;
        assert_eq!(third["results"].as_array().expect("rows").iter().map(id_of).collect::<Vec<_>>(), all[400..403]);
        app.done().await;
    }
}
