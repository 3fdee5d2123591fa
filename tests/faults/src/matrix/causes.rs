use std::time::Duration;

use crate::{
    proxy::{Then, Weather, status},
    tls::Flaw,
};

/// Something that goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// On the way, for this many seconds.
    Way(Way, u64),
    /// On the way, which must not matter.
    Harmless(Way),
    /// The server says this to everybody for ten seconds; a person may have to act.
    Answer(u16),
    /// The server shows another certificate for ten seconds.
    Certificate(Flaw),
    /// The company vouches for the server, and the settings name its file or not.
    PrivateAuthority {
        /// Whether they do.
        named: bool,
    },
    /// The server begins to shake hands in TLS and falls silent, for ten seconds.
    HalfShaken,
    /// After a reset, all that the server tells comes twice, which must not matter.
    Doubled,
    /// All goes through a proxy with a password.
    Proxy,
    /// That proxy is gone for ten seconds.
    ProxyLost,
    /// Connections are reset, and for ten seconds nobody answers who asks for the server's address.
    NamesSilent,
    /// The first address of the server's name is dead; the second refuses connections for ten seconds.
    DeadAddress,
    /// The server restarts, which takes three seconds.
    Restart,
    /// The token's time is over during an outage of ten seconds.
    TokenEnds,
    /// The computer sleeps this many seconds, and its sockets are dead afterwards.
    Sleep {
        /// How long.
        seconds: u64,
        /// Whether the operating system says so.
        told: bool,
    },
    /// The network is another one, and sockets of the former are dead.
    NetworkChange,
    /// Somebody sets the wall clock by so many hours.
    Wall(i64),
    /// The program is killed with SIGKILL while a call rings, and started again after five seconds: see
    /// [`crate::killed`].
    Killed,
}

/// What [`Weather`] is on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named after the weather")]
pub enum Way {
    Refusing,
    Resetting,
    Silent,
    Bytewise,
    Jittery,
    Stalling,
    SwallowingUpgrades,
    Kicking,
    Redirecting,
    Unavailable,
    BadGateway,
    SlowDown,
    RedirectingToPlain,
    WrongAccept,
    Dangling,
    Dribbling,
    Endless,
    Deaf,
    Mute,
    Parting,
    Swamping,
}

/// How a good answer begins.
const BEGUN: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{\"";

impl Way {
    /// As the proxy knows it.
    pub fn weather(self) -> Weather {
        match self {
            Self::Refusing => Weather::Refusing,
            Self::Resetting => Weather::Resetting,
            Self::Silent => Weather::Silent,
            Self::Bytewise => Weather::Bytewise,
            Self::Jittery => Weather::Jittery,
            Self::Stalling => Weather::Stalling,
            Self::SwallowingUpgrades => Weather::SwallowingUpgrades,
            Self::Kicking => Weather::Kicking,
            Self::Redirecting => status("302 Found", "location: https://login.other.test/\r\n", ""),
            Self::Unavailable => status("500 Internal Server Error", "", "sorry"),
            Self::BadGateway => status("502 Bad Gateway", "", "<html><h1>502 Bad Gateway</h1></html>"),
            Self::RedirectingToPlain => status("302 Found", "location: http://login.other.test/\r\n", ""),
            Self::WrongAccept => Weather::Answering(
                "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n".to_owned(),
            ),
            Self::Dangling => Weather::Begun(BEGUN, Then::Nothing),
            Self::Dribbling => Weather::Begun(BEGUN, Then::Drops),
            Self::Endless => Weather::Begun(BEGUN, Then::ForEver),
            Self::Deaf => Weather::Deaf,
            Self::Mute => Weather::Mute,
            Self::Parting => Weather::Parting,
            Self::Swamping => Weather::Swamping,
            Self::SlowDown => status("429 Too Many Requests", "retry-after: 12\r\n", "slow down"),
        }
    }
}

/// All of them, as the table calls them.
pub const FAULTS: &[(&str, Cause)] = &[
    ("connection refused, 10 s", Cause::Way(Way::Refusing, 10)),
    ("connection refused, 50 s", Cause::Way(Way::Refusing, 50)),
    ("reset, 10 s", Cause::Way(Way::Resetting, 10)),
    ("half-open (silence without FIN)", Cause::Way(Way::Silent, 10)),
    ("1-byte chunks", Cause::Harmless(Way::Bytewise)),
    ("200 ms jitter", Cause::Harmless(Way::Jittery)),
    ("stall mid-frame", Cause::Way(Way::Stalling, 10)),
    ("upgrade swallowed, 20 s", Cause::Way(Way::SwallowingUpgrades, 20)),
    ("HTTP 401, 10 s", Cause::Answer(401)),
    ("HTTP 403, 10 s", Cause::Answer(403)),
    ("HTTP 429 with Retry-After 12 s, 10 s", Cause::Way(Way::SlowDown, 10)),
    ("HTTP 500, 10 s", Cause::Way(Way::Unavailable, 10)),
    ("HTTP 502 with HTML, 10 s", Cause::Way(Way::BadGateway, 10)),
    ("redirect elsewhere, 10 s", Cause::Way(Way::Redirecting, 10)),
    ("TLS: wrong host, 10 s", Cause::Certificate(Flaw::WrongHost)),
    ("TLS: expired, 10 s", Cause::Certificate(Flaw::Expired)),
    ("TLS: private CA, named by `ca_file`", Cause::PrivateAuthority { named: true }),
    ("TLS: private CA, not named", Cause::PrivateAuthority { named: false }),
    ("CONNECT proxy with password", Cause::Proxy),
    ("proxy lost, 10 s", Cause::ProxyLost),
    ("server restart, 3 s", Cause::Restart),
    ("accepted and kicked, 20 s", Cause::Way(Way::Kicking, 20)),
    ("token ends during an outage of 10 s", Cause::TokenEnds),
    ("sleep of 30 s, no signal", Cause::Sleep { seconds: 30, told: false }),
    ("sleep of 8 h, woken signal", Cause::Sleep { seconds: 8 * 3600, told: true }),
    ("network change", Cause::NetworkChange),
    ("redirect to http://, 10 s", Cause::Way(Way::RedirectingToPlain, 10)),
    ("101 with a wrong accept, 10 s", Cause::Way(Way::WrongAccept, 10)),
    ("answers that begin and stop, 10 s", Cause::Way(Way::Dangling, 10)),
    ("answers of a byte a second, 10 s", Cause::Way(Way::Dribbling, 10)),
    ("answers without end, 10 s", Cause::Way(Way::Endless, 10)),
    ("a message without end, 10 s", Cause::Way(Way::Swamping, 10)),
    ("a goodbye, and the socket stays open, 10 s", Cause::Way(Way::Parting, 10)),
    ("only our words are lost, 10 s, then all", Cause::Way(Way::Deaf, 10)),
    ("only the server's words are lost, 10 s, then all", Cause::Way(Way::Mute, 10)),
    ("half a TLS handshake, 10 s", Cause::HalfShaken),
    ("names are not answered, 10 s", Cause::NamesSilent),
    ("the name's first address dead, its second refuses, 10 s", Cause::DeadAddress),
    ("everything told twice after a reconnect", Cause::Doubled),
    ("program killed (SIGKILL), 5 s", Cause::Killed),
    ("wall clock + 1 day", Cause::Wall(24)),
    ("wall clock − 1 day", Cause::Wall(-24)),
];

impl Cause {
    /// Whether the account must stay live.
    pub(super) fn is_harmless(self) -> bool {
        matches!(
            self,
            Self::Harmless(_)
                | Self::Doubled
                | Self::Wall(_)
                | Self::Proxy
                | Self::PrivateAuthority { named: true }
        )
    }

    /// Whether its first part ends at its time, noticed or not.
    pub(super) fn ends_by_itself(self) -> bool {
        matches!(self, Self::Way(Way::Deaf | Way::Mute, _))
    }

    /// For how long after its end one who was told so stays away: the server itself asked to, or refused access, which
    /// is asked for again within half a minute.
    pub(super) fn wish(self) -> Duration {
        if self == Self::Way(Way::SlowDown, 10) {
            Duration::from_secs(4)
        } else if self == Self::Answer(403) {
            Duration::from_secs(20)
        } else {
            Duration::ZERO
        }
    }
}
