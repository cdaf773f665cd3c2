//! A database with the schema, the endpoints of this module, and people who are known by their ids.

#![expect(clippy::disallowed_methods, reason = "a test is its own gate")]

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use base::{Actor, Clock, Db, Error, Gate, Grants, Platform, Request, Result, Tx, Who};
use poem::{Endpoint, EndpointExt, Route, endpoint::BoxEndpoint, http::Method};
use poem_openapi::OpenApiService;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Statement};
use serde_json::Value;
use uuid::Uuid;

use crate::{Catalogue, Couriers, Invited, Standing, invitation, member, org, platform, role, standing};

pub struct House {
    pub db: Db,
    pub platform: Platform,
    pub post: Arc<Post>,
    app: BoxEndpoint<'static>,
}

#[derive(Default)]
pub struct Post(Mutex<Vec<Invited>>);

#[async_trait]
impl Couriers for Post {
    async fn invitation(&self, _: &Tx, letter: Invited) -> Result<()> {
        self.0.lock().unwrap().push(letter);
        Ok(())
    }
}

impl Post {
    pub fn latest_token(&self) -> String {
        self.0.lock().unwrap().last().unwrap().token.clone()
    }
}

/// Where there are no teams.
struct Alone;

#[async_trait]
impl member::Farewell for Alone {
    async fn removed(&self, _: &Tx, _: Uuid) -> Result<()> {
        Ok(())
    }
}

/// Takes a user's id for a token.
struct Door(Platform);

#[async_trait]
impl Gate for Door {
    async fn person(&self, token: &str) -> Result<Who> {
        let user = Uuid::parse_str(token).map_err(|_| Error::unauthorized())?;
        Ok(Who { user, session: user })
    }

    async fn member(&self, token: &str, org: Uuid, request: Request) -> Result<Actor> {
        let user = self.person(token).await?.user;
        let standing = self.0.read_in(org, async |tx| standing(tx, org, user, None).await).await?;
        let Standing { grants, circle } = standing.ok_or_else(Error::not_found)?;
        Ok(Actor::of(org, user, grants, circle, request))
    }

    async fn still(&self, who: Who, org: Uuid) -> Result<Option<Actor>> {
        let standing = self.0.read_in(org, async |tx| standing(tx, org, who.user, None).await).await?;
        Ok(standing.map(|Standing { grants, circle }| Actor::of(org, who.user, grants, circle, Request::default())))
    }
}

impl House {
    pub async fn new() -> Self {
        let path = std::env::temp_dir().join(format!("orgs-{}.db", Uuid::now_v7()));
        let db = Db::connect(&format!("sqlite:{}", path.display()), 4, Clock::System).await.unwrap();
        let platform = Platform::new(db.clone());
        migration::up(platform.connection(), None).await.unwrap();
        let post = Arc::<Post>::default();
        let service = OpenApiService::new(
            (
                org::Api::new(platform.clone()),
                role::Api::new(db.clone(), Catalogue::new().and("lead", &["view", "change"])),
                member::Api::new(db.clone(), Arc::new(Alone)),
                invitation::Api::new(platform.clone(), post.clone()),
                platform::Api::new(platform.clone(), ["keeper.example".to_owned()]),
            ),
            "orgs",
            "1",
        );
        service.spec();
        let gate: Arc<dyn Gate> = Arc::new(Door(platform.clone()));
        let app = Route::new().nest("/", service).data(gate).boxed();
        Self { db, platform, post, app }
    }

    /// A user with this address, which they have shown to be theirs.
    pub async fn user(&self, email: &str) -> Uuid {
        let user = self.unverified(email).await;
        self.verify(user).await;
        user
    }

    pub async fn verify(&self, user: Uuid) {
        self.execute("UPDATE users SET email_verified_at = created_at WHERE id = ?", [user.into()]).await;
    }

    pub async fn unverified(&self, email: &str) -> Uuid {
        let (user, now) = (Uuid::now_v7(), self.db.clock().now());
        let sql = "INSERT INTO users (id, email, email_lower, name, is_active, created_at, updated_at) VALUES (?,?,?,?,1,?,?)";
        let lower = email.to_lowercase();
        self.execute(sql, [user.into(), email.into(), lower.into(), "Jo Smith".into(), now.into(), now.into()]).await;
        user
    }

    pub async fn org(&self, owner: Uuid) -> Uuid {
        self.platform.write(async |tx| crate::create_org(tx, "Nordlicht", owner).await).await.unwrap()
    }

    /// A user who joined `org` in its role of this name.
    pub async fn member(&self, org: Uuid, role_key: &str) -> Uuid {
        let user = self.user(&format!("{}@nordlicht.example", Uuid::now_v7())).await;
        let role_id = self.role(org, role_key).await;
        let new = member::Model { user_id: user, role_id, is_active: true, ..Default::default() };
        let actor = system(org);
        let done = self.db.apply(&actor, async |tx| tx.insert::<member::Entity>(new, base::Fields::none()).await);
        done.await.unwrap();
        user
    }

    pub async fn role(&self, org: Uuid, key: &str) -> Uuid {
        let key = sea_orm::ColumnTrait::eq(&role::Column::Key, key);
        let actor = system(org);
        let role = self.db.read(&actor, async |tx| tx.find::<role::Entity>().filter(key).one().await);
        role.await.unwrap().unwrap().id
    }

    pub async fn get(&self, path: &str, user: Uuid, org: Uuid) -> (u16, Value) {
        self.send(Method::GET, path, user, Some(org), None, "").await
    }

    pub async fn post(&self, path: &str, user: Uuid, org: Option<Uuid>, body: Value) -> (u16, Value) {
        self.send(Method::POST, path, user, org, Some(body), "").await
    }

    pub async fn patch(&self, path: &str, user: Uuid, org: Uuid, body: Value) -> (u16, Value) {
        self.send(Method::PATCH, path, user, Some(org), Some(body), "").await
    }

    pub async fn delete(&self, path: &str, user: Uuid, org: Uuid) -> (u16, Value) {
        self.send(Method::DELETE, path, user, Some(org), None, "").await
    }

    pub async fn send(
        &self,
        method: Method,
        path: &str,
        user: Uuid,
        org: Option<Uuid>,
        body: Option<Value>,
        if_match: &str,
    ) -> (u16, Value) {
        // poem-openapi mounts paths without their trailing slash; the gate takes it off.
        let bare = path.replacen("/?", "?", 1);
        let mut request = poem::Request::builder()
            .method(method)
            .uri(bare.trim_end_matches('/').parse().unwrap())
            .header("authorization", format!("Bearer {user}"));
        if let Some(org) = org {
            request = request.header("org", org.to_string());
        }
        if !if_match.is_empty() {
            request = request.header("if-match", if_match);
        }
        let request = match body {
            Some(body) => request.content_type("application/json").body(body.to_string()),
            None => request.finish(),
        };
        let response = self.app.get_response(request).await;
        let status = response.status().as_u16();
        let body = response.into_body().into_string().await.unwrap();
        (status, serde_json::from_str(&body).unwrap_or(Value::Null))
    }

    /// What happened to a record, oldest first.
    pub async fn logged(&self, kind: &str, id: Uuid) -> Vec<String> {
        use base::change::{Column, Entity};
        let log = Entity::find()
            .filter(Column::RecordKind.eq(kind))
            .filter(Column::RecordId.eq(id))
            .order_by_asc(Column::Seq);
        log.all(self.platform.connection()).await.unwrap().into_iter().map(|change| change.verb).collect()
    }

    async fn execute<const N: usize>(&self, sql: &str, values: [sea_orm::Value; N]) {
        let conn = self.platform.connection();
        conn.execute_raw(Statement::from_sql_and_values(conn.get_database_backend(), sql, values)).await.unwrap();
    }
}

pub fn system(org: Uuid) -> Actor {
    Actor::system(org, Request::default())
}

pub fn admin(org: Uuid, user: Uuid) -> Actor {
    Actor::of(org, user, Grants::everything(), Vec::new(), Request::default())
}
