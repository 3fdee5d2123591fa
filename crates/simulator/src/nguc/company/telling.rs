//! What listeners are told of queues and calls.

use jiff::Timestamp;

use super::{Caller, Company, ME, State};
use crate::nguc::wire::{self, Local};

impl Company {
    pub(super) fn tell_queue(&mut self, id: u64) {
        let Some(queue) = self.queues.get(&id) else { return };
        let mut callers = Vec::new();
        for Caller { id: caller, guid, number, added } in &queue.callers {
            callers.push(wire::Caller {
                id: *caller,
                call_guid: guid,
                number: number.as_deref(),
                added: Local(*added),
                pbx_queue_id: id,
            });
        }
        let event = wire::Queue { queue: wire::QueueName { id, name: &queue.name }, callers };
        self.outbox.extend(super::Event::of("Queue", &event));
    }

    /// Nothing while the call concerns nobody.
    pub(super) fn tell_call(&mut self, now: Timestamp, guid: &str) {
        let event = self.call_now(now, guid).and_then(|call| super::Event::of("Call", &call));
        self.outbox.extend(event);
    }

    /// What a call is like; `None` while it concerns nobody.
    pub(super) fn call_now<'a>(&'a self, now: Timestamp, guid: &'a str) -> Option<wire::Call<'a>> {
        let call = self.calls.get(guid)?;
        let user_id = if call.users.contains(&ME) { ME } else { *call.users.first()? };
        let user = self.users.get(&user_id);
        let queue = call.queue.and_then(|queue| self.queues.get(&queue));
        let number = queue.map(|queue| &queue.number).or(user.and_then(|user| user.number.as_ref()));
        let inside = (number.map(|number| format!("+{number}")), user.map(|user| user.name.as_str()));
        let outside = (call.outside.clone(), None);
        let (src, dst) = if call.outgoing { (inside, outside) } else { (outside, inside) };
        let (state, ended, result) = match call.state {
            State::Ringing => ("ringing", None, None),
            State::Answered => ("answered", None, None),
            State::Ended(result) => ("ended", Some(Local(now)), Some(result)),
        };
        Some(wire::Call {
            call_guid: guid,
            direction: if call.outgoing { "out" } else { "in" },
            state,
            src_callerid: src.0,
            src_name: src.1,
            dst_callerid: dst.0,
            dst_name: dst.1,
            pbx_user_id: user_id,
            pbx_queue_id: call.queue,
            added: Local(call.added),
            answered: call.answered.map(Local),
            ended,
            result,
        })
    }
}
