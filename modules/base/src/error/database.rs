//! What the database refuses, in our words.
//!
//! SQLSTATE: PostgreSQL manual, appendix A. SQLite: <https://sqlite.org/rescode.html>, extended codes in decimal.

use sea_orm::{
    DbErr, RuntimeErr,
    sqlx::{self, error::DatabaseError},
};

use super::Error;

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match &error {
            DbErr::RecordNotFound(_) | DbErr::RecordNotUpdated => Self::not_found(),
            DbErr::Conn(RuntimeErr::SqlxError(cause))
            | DbErr::Exec(RuntimeErr::SqlxError(cause))
            | DbErr::Query(RuntimeErr::SqlxError(cause)) => from_sqlx(cause),
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => busy(&error),
            _ => Self::internal(error),
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        from_sqlx(&error)
    }
}

fn from_sqlx(error: &sqlx::Error) -> Error {
    match error {
        sqlx::Error::Database(refusal) => {
            let code = refusal.code().unwrap_or_default();
            match code.len() {
                5 => from_sqlstate(&code, refusal.as_ref(), error),
                _ => from_sqlite(code.parse().unwrap_or(1), refusal.as_ref(), error),
            }
        }
        sqlx::Error::RowNotFound => Error::not_found(),
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => busy(error),
        _ => Error::internal(error),
    }
}

fn from_sqlstate(code: &str, refusal: &dyn DatabaseError, error: &sqlx::Error) -> Error {
    match code {
        "23505" | "23P01" => duplicate(refusal),
        "23503" | "23001" => unknown_reference(),
        "23514" => not_allowed(),
        "22001" | "22003" | "22008" | "22021" | "22P02" | "22P05" => not_storable(),
        // Lock and statement time-outs, deadlocks, full or stopping servers, lost connections.
        "25P03" | "25P04" | "40001" | "40P01" | "55P03" | "57014" | "57P01" | "57P02" | "57P03" | "57P05" => {
            busy(error)
        }
        _ if code.starts_with("53") || code.starts_with("08") => busy(error),
        _ => Error::internal(error),
    }
}

fn from_sqlite(code: u32, refusal: &dyn DatabaseError, error: &sqlx::Error) -> Error {
    match code {
        // UNIQUE, PRIMARYKEY, ROWID
        2067 | 1555 | 2579 => duplicate(refusal),
        // FOREIGNKEY, and TRIGGER, which RESTRICT raises
        787 | 1811 => unknown_reference(),
        // CHECK
        275 => not_allowed(),
        // The low byte is the primary code: BUSY, LOCKED, IOERR, FULL, CANTOPEN, PROTOCOL, INTERRUPT.
        _ if matches!(code & 0xff, 5 | 6 | 9 | 10 | 13 | 14 | 15) => busy(error),
        // TOOBIG
        18 => not_storable(),
        _ => Error::internal(error),
    }
}

/// PostgreSQL names the index, and so does SQLite where it is one of expressions; otherwise SQLite names the columns.
fn duplicate(refusal: &dyn DatabaseError) -> Error {
    let said = refusal.constraint().unwrap_or_else(|| refusal.message());
    match field(said) {
        Some(field) => Error::duplicate(field),
        None => Error::conflict("duplicate", "There is already a record like this."),
    }
}

/// The field of a body that a unique index is about, by the last column in its name.
fn field(index: &str) -> Option<&'static str> {
    let column = index.trim_end_matches('\'').trim_end_matches("_key");
    let fields =
        [("name", "name"), ("name_lower", "name"), ("slug", "name"), ("email_lower", "email"), ("sku_lower", "sku")];
    fields.into_iter().find(|(end, _)| column.ends_with(end)).map(|(_, field)| field)
}

fn unknown_reference() -> Error {
    Error::fault("", "unknown_reference", "A record that is named here does not exist, or is still needed.")
}

fn not_allowed() -> Error {
    Error::fault("", "invalid", "The values do not go together.")
}

fn not_storable() -> Error {
    Error::bad_request("invalid_value", "A value is out of range or has characters that cannot be stored.")
}

fn busy(cause: &impl std::fmt::Display) -> Error {
    tracing::warn!(%cause, "database unavailable");
    Error::unavailable()
}
