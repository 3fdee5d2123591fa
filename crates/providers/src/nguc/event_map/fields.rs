//! What an event can be about, and what can be known of it.

/// What an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::nguc) enum Kind {
    Person,
    Device,
    Call,
    Queue,
    Ignore,
}

/// A thing to know, found by paths in an event's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::nguc) enum Field {
    Id,
    Name,
    Number,
    Department,
    Login,
    Availability,
    Status,
    Since,
    Dnd,
    DndUntil,
    Person,
    State,
    Key,
    Direction,
    Outcome,
    Peer,
    PeerName,
    Hidden,
    From,
    FromName,
    To,
    ToName,
    Line,
    LineName,
    People,
    Mine,
    StartedAt,
    AnsweredAt,
    EndedAt,
}

/// A field as a map writes it.
#[derive(Debug)]
pub(super) struct Spec {
    pub(super) field: Field,
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    /// An event without it is of no use.
    pub(super) required: bool,
}

const fn must(field: Field, name: &'static str, about: &'static str) -> Spec {
    Spec { field, name, about, required: true }
}

const fn may(field: Field, name: &'static str, about: &'static str) -> Spec {
    Spec { field, name, about, required: false }
}

impl Kind {
    pub(super) const ALL: &[Self] = &[Self::Person, Self::Device, Self::Call, Self::Queue, Self::Ignore];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Device => "device",
            Self::Call => "call",
            Self::Queue => "queue",
            Self::Ignore => "ignore",
        }
    }

    /// The fields that `[event.fields]` may have.
    pub(super) const fn fields(self) -> &'static [Spec] {
        match self {
            Self::Person => PERSON,
            Self::Device => DEVICE,
            Self::Call => CALL,
            Self::Queue => QUEUE,
            Self::Ignore => &[],
        }
    }
}

const PERSON: &[Spec] = &[
    must(Field::Id, "id", "The person's id."),
    may(Field::Name, "name", "The person's name."),
    may(Field::Number, "number", "The number the person is called by."),
    may(Field::Department, "department", "Where the person works; several with commas between."),
    may(Field::Login, "login", "What the person signs in with; tells which of the people is oneself."),
    may(Field::Availability, "availability", "What the person does, by the table `values.availability`."),
    may(Field::Status, "status", "The person's own words, shown as they are."),
    may(Field::Since, "since", "When the availability began."),
    may(Field::Dnd, "dnd", "Whether do-not-disturb is on."),
    may(Field::DndUntil, "dnd_until", "When do-not-disturb ends."),
];

const DEVICE: &[Spec] = &[
    must(Field::Id, "id", "The device's id."),
    must(Field::Person, "person", "The id of the person it belongs to."),
    may(Field::Availability, "availability", "What it does, by the table `values.availability`."),
];

const CALL: &[Spec] = &[
    must(Field::Id, "id", "The call's id, the same in all its events."),
    may(Field::Key, "key", "What makes it the same call in another account."),
    may(Field::State, "state", "Where it stands, by the table `values.state`."),
    may(Field::Outcome, "outcome", "How it ended, by the table `values.outcome`."),
    may(Field::Direction, "direction", "Who called whom, by the table `values.direction`."),
    may(Field::Peer, "number", "The other end's number, whoever called."),
    may(Field::PeerName, "name", "The other end's name, whoever called."),
    may(Field::From, "from", "The number that called; the other end of an incoming call."),
    may(Field::FromName, "from_name", "The name of who called."),
    may(Field::To, "to", "The number that was called; the other end of an outgoing call."),
    may(Field::ToName, "to_name", "The name of who was called."),
    may(Field::Hidden, "hidden", "Whether the caller withheld the number."),
    may(Field::Line, "line", "The id of the queue or number it came through."),
    may(Field::LineName, "line_name", "The name of that."),
    may(
        Field::People,
        "people",
        "The ids of the people it rings or who speak; `*` in a path is each of a list.",
    ),
    may(Field::Mine, "mine", "Whether it is the account's owner's."),
    may(Field::StartedAt, "started_at", "When it began."),
    may(Field::AnsweredAt, "answered_at", "When somebody answered."),
    may(Field::EndedAt, "ended_at", "When it ended."),
];

const QUEUE: &[Spec] = &[
    must(Field::Id, "id", "The queue's id, unless the callers say it."),
    may(Field::Name, "name", "The queue's name."),
];

/// The fields of a queue's waiting callers.
pub(super) const CALLER: &[Spec] = &[
    may(Field::Id, "id", "The caller's id, by which the caller can be picked up."),
    may(Field::Number, "number", "The caller's number."),
    may(Field::Since, "since", "Since when the caller waits."),
    may(Field::Line, "queue", "The queue's id, where only its callers say it."),
];
