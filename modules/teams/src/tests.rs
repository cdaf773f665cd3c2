#![expect(clippy::disallowed_methods, reason = "a test is its own gate")]

use base::{Actor, Clock, Db, Grants, IfMatch, Platform, Request, value::Text};
use sea_orm::{ConnectionTrait, QueryResult, Statement};
use uuid::Uuid;

use crate::{
    NewTeam, circle, names,
    roster::{self, Roster},
    team::Entity,
};

struct House {
    db: Db,
    platform: Platform,
    org: Uuid,
    ana: Uuid,
}

impl House {
    async fn new() -> Self {
        let path = std::env::temp_dir().join(format!("teams-{}.db", Uuid::now_v7()));
        let db = Db::connect(&format!("sqlite:{}", path.display()), 4, Clock::System).await.unwrap();
        let platform = Platform::new(db.clone());
        migration::up(platform.connection(), None).await.unwrap();
        let (ana, now) = (Uuid::now_v7(), db.clock().now());
        let sql = "INSERT INTO users (id, email, email_lower, name, is_active, created_at, updated_at) VALUES (?,'a@x.io','a@x.io','Ana',1,?,?)";
        let conn = platform.connection();
        let user =
            Statement::from_sql_and_values(conn.get_database_backend(), sql, [ana.into(), now.into(), now.into()]);
        conn.execute_raw(user).await.unwrap();
        let org = platform.write(async |tx| orgs::create_org(tx, "Nordlicht", ana).await).await.unwrap();
        Self { db, platform, org, ana }
    }

    fn ana(&self) -> Actor {
        Actor::of(self.org, self.ana, Grants::everything(), Vec::new(), Request::default())
    }
}

fn team(name: &str, members: Vec<Uuid>) -> NewTeam {
    NewTeam { name: Text::parse(name).unwrap(), description: None, members }
}

#[tokio::test]
async fn a_team_makes_a_circle_until_it_is_in_the_trash() {
    let house = House::new().await;
    let (ana, org, me) = (house.ana(), house.org, house.ana);
    let made = house
        .db
        .apply(&ana, async |tx| tx.make::<Entity>(|row| team("North", vec![me]).write(row)).await)
        .await
        .unwrap();
    let view = house.db.read(&ana, async |tx| tx.show::<Entity>(made.clone()).await).await.unwrap();
    assert_eq!(view.members.iter().map(|member| member.name.as_str()).collect::<Vec<_>>(), ["Ana"]);
    let around = async || {
        let rows =
            house.platform.read_in(org, async |tx| Ok(tx.conn().query_all(&circle(org, me)).await?)).await.unwrap();
        let ids = |row: &QueryResult| ["team_id", "member_user_id"].map(|id| row.try_get::<Uuid>("", id).unwrap());
        let mut around: Vec<Uuid> = rows.iter().flat_map(ids).collect();
        around.sort();
        around
    };
    let mut both = vec![made.id, me];
    both.sort();
    assert_eq!(around().await, both);
    let name = house.db.read(&ana, async |tx| names(tx, [made.id]).await).await.unwrap();
    assert_eq!(name[&made.id], "North");
    house.db.apply(&ana, async |tx| tx.trash::<Entity>(&made).await).await.unwrap();
    assert!(around().await.is_empty());
}

#[tokio::test]
async fn the_people_of_a_team_change_with_its_version() {
    let house = House::new().await;
    let (ana, me) = (house.ana(), house.ana);
    let made = house
        .db
        .apply(&ana, async |tx| tx.make::<Entity>(|row| team("North", vec![me]).write(row)).await)
        .await
        .unwrap();
    let changed =
        house.db.apply(&ana, async |tx| tx.amend::<Entity>(made.id, &IfMatch::ANY, |_| Roster(Some(vec![]))).await);
    assert_eq!(changed.await.unwrap().version, 2);
    let present = house.db.read(&ana, async |tx| roster::of(tx, [made.id]).await).await.unwrap();
    assert!(present.is_empty());
}

#[tokio::test]
async fn strangers_and_taken_names_are_refused() {
    let house = House::new().await;
    let ana = house.ana();
    let create =
        async |new: NewTeam| house.db.apply(&ana, async |tx| tx.make::<Entity>(|row| new.write(row)).await).await;
    let stranger = create(team("North", vec![Uuid::now_v7()])).await.unwrap_err();
    assert_eq!(stranger.problem().unwrap().errors.as_ref().unwrap()[0].pointer, "/members/0");
    create(team("North", vec![])).await.unwrap();
    assert_eq!(create(team("NORTH", vec![])).await.unwrap_err().code(), "duplicate");
    let clerk = Actor::of(house.org, house.ana, Grants::default(), Vec::new(), Request::default());
    let refused =
        house.db.apply(&clerk, async |tx| tx.make::<Entity>(|row| team("South", vec![]).write(row)).await).await;
    assert_eq!(refused.unwrap_err().code(), "forbidden");
}
