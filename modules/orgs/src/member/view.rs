use base::{
    Result, Tx, View,
    people::Ref,
    value::{Change, Country, Phone, PhoneView, Text},
};
use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::{
    Object,
    types::{Example, MaybeUndefined},
};
use uuid::Uuid;

use super::Model;
use crate::{address::phone, role};

/// Somebody in the organisation.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
#[oai(rename = "Member", example)]
pub struct MemberView {
    /// The user's id: what assignees, authors and members of teams are named by.
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub role: Option<Ref>,
    /// `false`: keeps their name on what they did, but cannot come in.
    pub is_active: bool,
    pub phone: Option<PhoneView>,
    pub alternate_phone: Option<PhoneView>,
    pub address_line: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub postcode: Option<String>,
    /// ISO 3166-1 alpha-2
    pub country: Option<String>,
    pub date_of_joining: Option<NaiveDate>,
    pub has_sales_access: bool,
    pub has_marketing_access: bool,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// 1 when new, one more with each change.
    pub version: i64,
}

/// What to change of a member. Telephone numbers and address are one's own to change; the rest needs `member.change`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Object)]
#[oai(deny_unknown_fields, example)]
pub struct MemberChange {
    pub role_id: Change<Uuid>,
    pub is_active: Change<bool>,
    pub phone: MaybeUndefined<Phone>,
    pub alternate_phone: MaybeUndefined<Phone>,
    pub address_line: MaybeUndefined<Text<255>>,
    pub city: MaybeUndefined<Text<255>>,
    pub state: MaybeUndefined<Text<255>>,
    pub postcode: MaybeUndefined<Text<64>>,
    pub country: MaybeUndefined<Country>,
    pub date_of_joining: MaybeUndefined<NaiveDate>,
    pub has_sales_access: Change<bool>,
    pub has_marketing_access: Change<bool>,
}

impl MemberView {
    pub(crate) async fn show(tx: &Tx, member: Model) -> Result<Self> {
        let mut views = Self::show_all(tx, vec![member]).await?;
        views.pop().ok_or_else(base::Error::not_found)
    }

    /// In their order; two statements, however many they are.
    pub(crate) async fn show_all(tx: &Tx, members: Vec<Model>) -> Result<Vec<Self>> {
        let mut people = tx.people(members.iter().map(|member| member.user_id)).await?;
        let roles = tx.find::<role::Entity>().ids(members.iter().map(|member| member.role_id)).await?;
        let shown = members.into_iter().filter_map(|member| {
            let person = people.remove(&member.user_id)?;
            let role = roles.iter().find(|role| role.id == member.role_id);
            Some(Self {
                id: member.user_id,
                name: person.name,
                email: person.email,
                role: role.map(|role| Ref { id: role.id, name: role.name.clone() }),
                is_active: member.is_active,
                phone: phone(member.phone_typed, member.phone_e164),
                alternate_phone: phone(member.alternate_phone_typed, member.alternate_phone_e164),
                address_line: member.address_line,
                city: member.city,
                state: member.state,
                postcode: member.postcode,
                country: member.country,
                date_of_joining: member.date_of_joining,
                has_sales_access: member.has_sales_access,
                has_marketing_access: member.has_marketing_access,
                created_at: member.created_at,
                updated_at: member.updated_at,
                version: member.version,
            })
        });
        Ok(shown.collect())
    }
}

impl View for MemberView {
    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i64 {
        self.version
    }
}

impl Example for MemberView {
    fn example() -> Self {
        let id = Uuid::from_u128(0x0190_7c1e_52a0_7b30_9c11_3f6a_2d8e_0001);
        Self {
            id,
            name: "Ana Lindt".to_owned(),
            email: "ana@nordlicht.example".to_owned(),
            role: Some(Ref { id: Uuid::from_u128(id.as_u128() + 1), name: "User".to_owned() }),
            is_active: true,
            phone: Phone::parse("+49 30 901820").ok().map(PhoneView::from),
            alternate_phone: None,
            address_line: None,
            city: Some("Bremen".to_owned()),
            state: None,
            postcode: None,
            country: Some("DE".to_owned()),
            date_of_joining: NaiveDate::from_ymd_opt(2026, 3, 1),
            has_sales_access: true,
            has_marketing_access: false,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
            version: 1,
        }
    }
}

impl Example for MemberChange {
    fn example() -> Self {
        let phone = Phone::parse("+49 30 901820").map_or(MaybeUndefined::Null, MaybeUndefined::Value);
        Self { phone, city: MaybeUndefined::Null, ..Self::default() }
    }
}
