use serde::{Deserialize, Serialize};

use crate::Email;

/// Invites somebody to a meeting or a call, or tells what has changed of it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventInvitation {
    pub org_name: String,
    /// May be blank, when whoever made it has left.
    pub organizer_name: String,
    pub event_title: String,
    /// As a person reads it: `11 January 2027, 09:00 CET`.
    pub when: String,
    /// May be blank.
    pub place: String,
    /// Of the event for members, or where one meets for others; may be blank.
    pub link: String,
    /// Whether they were invited before.
    pub is_changed: bool,
}

impl Email for EventInvitation {
    const NAME: &'static str = "event_invitation";

    fn samples() -> Vec<Self> {
        let invitation = Self {
            org_name: "Harbour & Pine".into(),
            organizer_name: "Ada Moss".into(),
            event_title: "Quarterly review".into(),
            when: "11 January 2027, 09:00 CET".into(),
            place: "Hafenstrasse 12, Hamburg".into(),
            link: "https://meet.example.com/review".into(),
            is_changed: false,
        };
        let changed = Self { is_changed: true, place: String::new(), ..invitation.clone() };
        let hostile = Self {
            organizer_name: String::new(),
            event_title: "<b>Now</b> {{ 7*7 }}\r\nBcc: x@y.example".into(),
            place: "www.evil.example/refund".into(),
            ..invitation.clone()
        };
        vec![invitation, changed, hostile]
    }
}

/// Tells somebody that a meeting or a call does not take place, or not with them.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventCancelled {
    pub org_name: String,
    /// May be blank, when whoever made it has left.
    pub organizer_name: String,
    pub event_title: String,
    /// As a person reads it: `11 January 2027, 09:00 CET`.
    pub when: String,
    /// Of the calendar for members; blank for others.
    pub link: String,
}

impl Email for EventCancelled {
    const NAME: &'static str = "event_cancelled";

    fn samples() -> Vec<Self> {
        let cancelled = Self {
            org_name: "Harbour & Pine".into(),
            organizer_name: "Ada Moss".into(),
            event_title: "Quarterly review".into(),
            when: "11 January 2027, 09:00 CET".into(),
            link: "https://crm.example.com/events".into(),
        };
        let hostile = Self { event_title: "<b>Now</b> {{ 7*7 }}\r\nBcc: x@y.example".into(), ..cancelled.clone() };
        vec![cancelled, hostile]
    }
}

/// Reminds a member of a meeting or a call.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventSoon {
    pub org_name: String,
    pub event_title: String,
    /// As a person reads it: `11 January 2027, 09:00 CET`.
    pub when: String,
    /// May be blank.
    pub place: String,
    pub link: String,
}

impl Email for EventSoon {
    const NAME: &'static str = "event_soon";

    fn samples() -> Vec<Self> {
        let soon = Self {
            org_name: "Harbour & Pine".into(),
            event_title: "Quarterly review".into(),
            when: "11 January 2027, 09:00 CET".into(),
            place: "Hafenstrasse 12, Hamburg".into(),
            link: "https://crm.example.com/events/0190f3c2".into(),
        };
        let hostile = Self {
            event_title: "<b>Now</b> {{ 7*7 }}\r\nBcc: x@y.example".into(),
            place: String::new(),
            ..soon.clone()
        };
        vec![soon, hostile]
    }
}
