//! What REST says about the project's users.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{CALL, ONLINE, Project};

/// HTTP status and JSON body.
pub(in crate::stringee) type Answer = (u16, Value);

/// So many users a page has at most.
const MOST_A_PAGE: usize = 100;

/// `r` and what it means; statuses other than 403 are not documented.
pub(in crate::stringee) fn failure(status: u16, r: u64, message: &str) -> Answer {
    (status, json!({"r": r, "message": message}))
}

impl Project {
    /// `GET /v1/users`: who is online, filtered by userId and attributes.
    pub(in crate::stringee) fn online_users(&self, parameters: &[(String, String)]) -> Answer {
        let number = |name: &str, without: usize| {
            let found = parameters.iter().find(|(key, _)| key == name);
            found.and_then(|(_, value)| value.parse().ok()).unwrap_or(without).max(1)
        };
        let (page, limit) = (number("page", 1), number("limit", 10).min(MOST_A_PAGE));
        let filters =
            || parameters.iter().filter(|(key, _)| !["page", "limit", "access_token"].contains(&&**key));
        let wanted = |id: &str| {
            self.is_online(id)
                && filters().all(|(key, value)| match key.as_str() {
                    "userId" => value == id,
                    name => self.attribute(id, name).is_some_and(|found| found == value.as_str()),
                })
        };
        let found: Vec<&String> = self.users.keys().filter(|id| wanted(id)).collect();
        let rows = found.iter().skip((page - 1) * limit).take(limit).filter_map(|id| {
            let mut row = self.read_user(id)?;
            row.as_object_mut()?.remove("chatCustomer");
            Some(row)
        });
        (200, json!({"count": found.len(), "pageSize": limit, "users": Value::from_iter(rows)}))
    }

    /// The rows of all pages of `GET /v1/users`.
    pub(in crate::stringee) fn all_online(&self) -> Vec<Value> {
        let page = |page: usize| {
            let asked = [("page", page), ("limit", MOST_A_PAGE)];
            let asked = asked.map(|(name, value)| (name.to_owned(), value.to_string()));
            let (_, answer) = self.online_users(&asked);
            answer.get("users").and_then(Value::as_array).cloned().unwrap_or_default()
        };
        (1..).map(page).take_while(|rows| !rows.is_empty()).flatten().collect()
    }

    /// `GET /v1/users/{id}`.
    pub(in crate::stringee) fn user_answer(&self, id: &str) -> Answer {
        self.read_user(id).map_or_else(|| failure(404, 1, "User not found"), |user| (200, user))
    }

    /// `PUT /v1/users/{id}/attributes`.
    pub(in crate::stringee) fn put_attributes(&mut self, now: Timestamp, id: &str, body: &Value) -> Answer {
        let Some(changes) = body.as_array() else { return failure(400, 2, "Body is invalid") };
        let change = |change: &Value| {
            let name = change.get("attribute")?.as_str()?.to_owned();
            Some((name, change.get("value").filter(|value| !value.is_null()).cloned()))
        };
        let Some(changes) = changes.iter().map(change).collect::<Option<Vec<_>>>() else {
            return failure(400, 2, "Body is invalid");
        };
        if !self.users.contains_key(id) {
            return failure(404, 1, "User not found");
        }
        match self.change {
            super::AttributeChange::Taken => {
                for (name, value) in changes {
                    self.set_attribute(now, id, &name, value);
                }
            }
            super::AttributeChange::Refused(r) => return failure(403, r, "Attribute can not be changed"),
            super::AttributeChange::Forgotten | super::AttributeChange::Unanswered => {}
        }
        self.user_answer(id)
    }

    /// Both default attributes are always there, without a value when there is none.
    fn read_user(&self, id: &str) -> Option<Value> {
        let user = self.users.get(id)?;
        let row = |name: &str, value: Option<&Value>| match value {
            Some(value) => json!({"attribute": name, "value": value}),
            None => json!({"attribute": name}),
        };
        let mut attributes: Vec<Value> =
            [ONLINE, CALL].iter().map(|name| row(name, user.attributes.get(*name))).collect();
        let others = user.attributes.iter().filter(|(name, _)| *name != ONLINE && *name != CALL);
        attributes.extend(others.map(|(name, value)| row(name, Some(value))));
        Some(json!({
            "userId": id, "loginTime": user.login_at.as_millisecond(), "chatCustomer": false,
            "attributes": attributes,
        }))
    }
}
