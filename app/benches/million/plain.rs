//! The statements of a request without the server: a pool of as many connections, and nothing made of the rows.

use std::path::Path;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement, TransactionTrait, Value,
};
use uuid::Uuid;

use crate::{
    AT_ONCE, Engine, Fault, Options,
    asks::Ours,
    load::{self, Times},
    server::Filled,
    tell,
};

const WHO: &str = "SELECT s.refresh_hash, s.pair_used, s.last_used_at FROM session s JOIN users u ON s.user_id = u.id \
                   WHERE s.id = $1 AND s.user_id = $2 AND s.revoked_at IS NULL AND u.is_active LIMIT 1";
const STANDING: &str = "SELECT r.grants FROM member m JOIN role r ON r.org_id = m.org_id AND r.id = m.role_id \
                        JOIN organisation o ON o.id = m.org_id WHERE m.org_id = $1 AND m.user_id = $2 AND m.is_active \
                        AND m.deleted_at IS NULL AND o.is_active";
const COUNT: &str =
    "SELECT count(*) FROM (SELECT 1 FROM lead WHERE org_id = $1 AND deleted_at IS NULL LIMIT 10001) AS counted";
const PAGE: &str =
    "SELECT * FROM lead WHERE org_id = $1 AND deleted_at IS NULL ORDER BY created_at DESC, id DESC LIMIT 21";
const SHOW: &str = "SELECT * FROM lead WHERE org_id = $1 AND id = $2 AND deleted_at IS NULL";

struct Plain {
    db: DatabaseConnection,
    org: Uuid,
    user: Uuid,
    session: Uuid,
}

pub async fn measure(options: &Options, folder: &Path, filled: &Filled, ours: &Ours) -> Result<(), Fault> {
    let plain = Plain::open(options, folder, filled).await?;
    println!();
    if let Some(list) = &ours.list {
        tell_ratio(
            "plain SQL: list, first page",
            &load::measure(options.requests, async |_| plain.list().await).await?,
            list,
        );
    }
    if let Some(show) = &ours.show {
        let leads = ours.leads.iter().map(|id| id.parse()).collect::<Result<Vec<Uuid>, _>>()?;
        let times = load::measure(options.requests, async |n| plain.show(leads[n % leads.len()]).await).await?;
        tell_ratio("plain SQL: show", &times, show);
    }
    Ok(())
}

fn tell_ratio(name: &str, plain: &Times, ours: &Times) {
    tell(name, plain);
    let [mid, high] = [50, 95].map(|part| ours.percentile(part) / plain.percentile(part));
    println!("{:>44} {mid:7.2}x {high:7.2}x", "admin / plain SQL");
}

impl Plain {
    async fn open(options: &Options, folder: &Path, filled: &Filled) -> Result<Self, Fault> {
        let url = match options.engine {
            Engine::Sqlite => format!("sqlite:{}", folder.join("data/rapport.sqlite").display()),
            Engine::Postgres => database_url()?,
        };
        let mut connect = ConnectOptions::new(url);
        connect.max_connections(u32::try_from(AT_ONCE)?).sqlx_logging(false).test_before_acquire(false);
        connect.map_sqlx_sqlite_opts(|options| {
            options.pragma("journal_mode", "WAL").pragma("cache_size", "-16384").pragma("mmap_size", "1073741824")
        });
        let db = Database::connect(connect).await?;
        let mut plain = Self { db, org: filled.admin.org_id, user: Uuid::nil(), session: Uuid::nil() };
        let session = "SELECT s.id, s.user_id FROM session s JOIN users u ON u.id = s.user_id WHERE u.email_lower = $1 \
                       ORDER BY s.created_at DESC LIMIT 1";
        let row = plain.db.query_one_raw(plain.statement(session, vec![filled.admin.email.clone().into()])).await?;
        let row = row.ok_or("nobody has logged in")?;
        (plain.session, plain.user) = (row.try_get("", "id")?, row.try_get("", "user_id")?);
        Ok(plain)
    }

    async fn list(&self) -> Result<(), Fault> {
        self.enter().await?;
        let tx = self.within().await?;
        tx.query_all_raw(self.statement(COUNT, vec![self.org.into()])).await?;
        let rows = tx.query_all_raw(self.statement(PAGE, vec![self.org.into()])).await?;
        let ids = rows.iter().take(20).map(|row| row.try_get("", "id")).collect::<Result<Vec<Uuid>, _>>()?;
        self.beside(&tx, &ids).await
    }

    async fn show(&self, lead: Uuid) -> Result<(), Fault> {
        self.enter().await?;
        let tx = self.within().await?;
        tx.query_all_raw(self.statement(SHOW, vec![self.org.into(), lead.into()])).await?;
        self.beside(&tx, &[lead]).await
    }

    /// Who is asking.
    async fn enter(&self) -> Result<(), Fault> {
        let tx = self.within().await?;
        tx.query_all_raw(self.statement(WHO, vec![self.session.into(), self.user.into()])).await?;
        tx.query_all_raw(self.statement(STANDING, vec![self.org.into(), self.user.into()])).await?;
        Ok(())
    }

    /// Assignees, teams, tags and contacts of leads.
    async fn beside(&self, tx: &impl ConnectionTrait, leads: &[Uuid]) -> Result<(), Fault> {
        let marks = |from: usize| (from..from + leads.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
        let through = |from: usize, link: &str, key: &str, table: &str| {
            format!(
                "SELECT l.record_id, t.id, t.name FROM {link} l JOIN {table} t ON l.{key} = t.id \
                 WHERE l.org_id = ${from} AND l.record_kind = 'lead' AND l.record_id IN ({})",
                marks(from + 1)
            )
        };
        let values = || std::iter::once(self.org.into()).chain(leads.iter().map(|id| Value::from(*id)));
        let step = leads.len() + 1;
        let ties = [
            through(1, "assignment", "member_user_id", "users"),
            through(1 + step, "assignment", "team_id", "team"),
            through(1 + 2 * step, "record_tag", "tag_id", "tag"),
        ]
        .join(" UNION ALL ");
        tx.query_all_raw(self.statement(&ties, values().chain(values()).chain(values()).collect())).await?;
        let contacts = format!("SELECT * FROM lead_contact WHERE org_id = $1 AND lead_id IN ({})", marks(2));
        tx.query_all_raw(self.statement(&contacts, values().collect())).await?;
        Ok(())
    }

    async fn within(&self) -> Result<sea_orm::DatabaseTransaction, Fault> {
        let tx = self.db.begin().await?;
        if self.db.get_database_backend() == DbBackend::Postgres {
            let org =
                format!("SELECT set_config('app.org', '{}', true), set_config('app.platform', 'on', true)", self.org);
            tx.execute_unprepared(&org).await?;
        }
        Ok(tx)
    }

    fn statement(&self, sql: &str, values: Vec<Value>) -> Statement {
        Statement::from_sql_and_values(self.db.get_database_backend(), sql, values)
    }
}

#[expect(clippy::disallowed_methods, reason = "a bench has no configuration but this")]
fn database_url() -> Result<String, Fault> {
    std::env::var("DATABASE_URL").map_err(|_| "DATABASE_URL names the PostgreSQL database".into())
}
