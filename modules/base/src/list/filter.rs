use std::sync::Arc;

use poem_openapi::{
    registry::{MetaSchemaRef, Registry},
    types::{ParseFromParameter, Type},
};
use sea_orm::{
    IdenStatic, Value,
    sea_query::{Alias, ColumnRef, Expr, ExprTrait, IntoColumnRef, Query, SelectStatement},
};

use crate::{actor::Actor, record::Record, value::Text};

/// What values become.
type Condition = dyn Fn(&Actor, Vec<Value>) -> Expr + Send + Sync;

/// A named filter of a list, with the condition that its values become.
#[derive(Clone)]
pub struct Filter {
    pub(crate) name: String,
    pub(crate) about: String,
    /// May be given several times: any of the values.
    pub(crate) many: bool,
    pub(crate) schema: fn() -> MetaSchemaRef,
    pub(crate) register: fn(&mut Registry),
    pub(crate) parse: fn(&str) -> Option<Value>,
    pub(crate) condition: Arc<Condition>,
    /// The column of the row that it looks at; `None` where it looks at the row's id alone.
    on: Option<&'static str>,
}

impl Filter {
    /// `name=a&name=b`: the column is any of the values.
    pub fn any_of<E: Record, T>(name: &str, column: E::Column, about: &str) -> Self
    where
        T: Type + ParseFromParameter + Into<Value>,
    {
        let (on, column) = (Some(column.as_str()), column_of::<E>(column));
        Self { on, ..Self::new::<T>(name, about, true, move |_, values| Expr::col(column.clone()).is_in(values)) }
    }

    /// `name=value`: the column is the value.
    pub fn is<E: Record, T>(name: &str, column: E::Column, about: &str) -> Self
    where
        T: Type + ParseFromParameter + Into<Value>,
    {
        Self { many: false, ..Self::any_of::<E, T>(name, column, about) }
    }

    /// `name=value`: the column, which the database keeps in lower case beside the one shown, is the value whatever its case.
    pub fn lower<E: Record>(name: &str, column: &'static str, about: &str) -> Self {
        let (on, column) = (Some(column), (E::default(), Alias::new(column)).into_column_ref());
        let filter =
            Self::new::<Text<255>>(name, about, true, move |_, values| Expr::col(column.clone()).is_in(values));
        let parse =
            |text: &str| Text::<255>::parse_from_parameter(text).ok().map(|text| text.as_str().to_lowercase().into());
        Self { parse, on, ..filter }
    }

    /// `name__gte=` and `name__lte=`: from and up to, both included.
    pub fn range<E: Record, T>(name: &str, column: E::Column, about: &str) -> [Self; 2]
    where
        T: Type + ParseFromParameter + Into<Value>,
    {
        let on = Some(column.as_str());
        let (from, to) = (column_of::<E>(column), column_of::<E>(column));
        let one = |mut values: Vec<Value>| values.pop().unwrap_or(Value::Bool(None));
        [
            Self::new::<T>(&format!("{name}__gte"), &format!("{about}, from this on."), false, move |_, values| {
                Expr::col(from.clone()).gte(one(values))
            }),
            Self::new::<T>(&format!("{name}__lte"), &format!("{about}, up to this."), false, move |_, values| {
                Expr::col(to.clone()).lte(one(values))
            }),
        ]
        .map(|filter| Self { on, ..filter })
    }

    /// Whether the twin of a record's table can tell, which has these columns beside the shared ones.
    pub(crate) fn is_reached(&self, columns: &[&str]) -> bool {
        let shared = ["id", "created_at", "created_by", "is_active"];
        self.on.is_none_or(|column| shared.contains(&column) || columns.contains(&column))
    }

    /// Rows that one of the values points at from another table: `select` answers their ids.
    pub fn linked<E: Record, T>(
        name: &str,
        about: &str,
        select: impl Fn(&Actor, Vec<Value>) -> SelectStatement + Send + Sync + 'static,
    ) -> Self
    where
        T: Type + ParseFromParameter + Into<Value>,
    {
        let id = column_of::<E>(E::base().id);
        Self::new::<T>(name, about, true, move |actor, values| Expr::col(id.clone()).in_subquery(select(actor, values)))
    }

    fn new<T: Type + ParseFromParameter + Into<Value>>(
        name: &str,
        about: &str,
        many: bool,
        condition: impl Fn(&Actor, Vec<Value>) -> Expr + Send + Sync + 'static,
    ) -> Self {
        Self {
            name: name.to_owned(),
            about: about.to_owned(),
            many,
            schema: T::schema_ref,
            register: T::register,
            parse: |text| T::parse_from_parameter(text).ok().map(Into::into),
            condition: Arc::new(condition),
            on: None,
        }
    }
}

/// The ids in `table` whose `key` is any of `values`: what [`Filter::linked`] wants of a link table.
pub fn link(
    table: &'static str,
    key: &'static str,
    id: &'static str,
    actor: &Actor,
    values: Vec<Value>,
) -> SelectStatement {
    Query::select()
        .column(Alias::new(id))
        .from(Alias::new(table))
        .and_where(Expr::col(Alias::new("org_id")).eq(actor.org()))
        .and_where(Expr::col(Alias::new(key)).is_in(values))
        .to_owned()
}

fn column_of<E: Record>(column: E::Column) -> ColumnRef {
    (E::default(), Alias::new(column.as_str())).into_column_ref()
}
