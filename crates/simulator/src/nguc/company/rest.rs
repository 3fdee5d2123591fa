//! The REST API below `/api`, in the vendor's style: ids and counts are strings.
//!
//! `/queue/{queue}/caller/{caller}/pickup` is what a public client asks. The paths of the lists and of one's own
//! user are invented, and so are the bodies of all errors.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Company, ME};
use crate::nguc::wire::local;

/// A status and what is said with it.
pub(in crate::nguc) type Answer = (u16, Value);

/// An error.
pub(in crate::nguc) fn failure(status: u16) -> Answer {
    let error = match status {
        400 => "bad_request",
        401 => "invalid_token",
        404 => "not_found",
        405 => "method_not_allowed",
        _ => "error",
    };
    (status, json!({ "error": error }))
}

impl Company {
    /// Answers one request of the sign-in's owner; the path is the one below `/api`.
    pub(in crate::nguc) fn ask(&mut self, now: Timestamp, method: &str, path: &str) -> Answer {
        let words: Vec<&str> = path.split('/').skip(1).collect();
        match (method, words.as_slice()) {
            ("GET", ["user", "me"]) => {
                let name = self.users.get(&ME).map(|user| user.name.as_str());
                (200, json!({ "id": ME.to_string(), "name": name }))
            }
            ("GET", ["company", "users"]) => (200, self.list_users()),
            ("GET", ["company", "queues"]) => (200, self.list_queues()),
            ("GET", ["company", "calls"]) if self.lists_calls => (200, self.list_calls(now)),
            ("POST", ["queue", queue, "caller", caller, "pickup"]) => {
                let (Ok(queue), Ok(caller)) = (queue.parse(), caller.parse()) else { return failure(404) };
                if self.pick_up(now, queue, caller, ME) { (200, json!({})) } else { failure(404) }
            }
            (_, ["user", "me"] | ["company", "users" | "queues"] | ["queue", _, "caller", _, "pickup"]) => {
                failure(405)
            }
            _ => failure(404),
        }
    }

    fn list_users(&self) -> Value {
        let user = |(id, user): (&u64, &super::User)| {
            json!({
                "id": id.to_string(),
                "name": user.name,
                "number": user.number.as_ref().map(|number| format!("+{number}")),
                "status": user.status(),
            })
        };
        let users: Vec<Value> = self.users.iter().map(user).collect();
        json!({ "count": users.len().to_string(), "users": users })
    }

    /// Those that go on.
    fn list_calls(&self, now: Timestamp) -> Value {
        let going = self.calls.keys().filter_map(|guid| serde_json::to_value(self.call_now(now, guid)?).ok());
        let calls: Vec<Value> = going.map(with_texts).collect();
        json!({ "count": calls.len().to_string(), "calls": calls })
    }

    fn list_queues(&self) -> Value {
        let queue = |(id, queue): (&u64, &super::Queue)| {
            let caller = |caller: &super::Caller| {
                json!({
                    "id": caller.id.to_string(),
                    "call_guid": caller.guid,
                    "number": caller.number,
                    "added": local(caller.added),
                    "pbx_queue_id": id.to_string(),
                })
            };
            let callers: Vec<Value> = queue.callers.iter().map(caller).collect();
            json!({ "id": id.to_string(), "name": queue.name, "callers": callers })
        };
        let queues: Vec<Value> = self.queues.iter().map(queue).collect();
        json!({ "count": queues.len().to_string(), "queues": queues })
    }
}

/// A row with its ids as strings.
fn with_texts(mut row: Value) -> Value {
    for value in row.as_object_mut().into_iter().flat_map(|row| row.values_mut()) {
        if value.is_number() {
            *value = Value::from(value.to_string());
        }
    }
    row
}
