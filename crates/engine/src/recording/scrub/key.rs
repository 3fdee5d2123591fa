use super::vocabulary::words;

/// What a key says of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// A token or a password.
    Secret,
    /// About a token, and not one: its type, its end.
    Secretless,
    /// Who or where somebody is.
    Name,
    /// A moment.
    Time,
    /// A count, a length of time, a code.
    Measure,
    /// The id of a message, which may be ours.
    OwnId,
    /// Anything.
    Words,
    /// A key itself.
    Key,
}

const SECRETS: &[&str] = &[
    "token",
    "accesstoken",
    "jwt",
    "password",
    "passwd",
    "secret",
    "authorization",
    "credential",
    "credentials",
    "signature",
    "cookie",
    "tfa",
    "pin",
    "apikey",
];
/// Secrets whatever else is in the key: `token_url_authorization` is for an address, and none.
const SECRETS_ALWAYS: &[&str] = &["authorization", "password", "passwd", "cookie", "signature", "tfa"];
const NAMES: &[&str] = &[
    "name",
    "names",
    "firstname",
    "lastname",
    "username",
    "alias",
    "email",
    "mail",
    "company",
    "realm",
    "login",
    "display",
    "title",
    "subject",
    "note",
    "notes",
    "comment",
    "description",
];
const TIMES: &[&str] = &[
    "time",
    "times",
    "timestamp",
    "at",
    "ts",
    "exp",
    "iat",
    "nbf",
    "since",
    "added",
    "created",
    "date",
    "until",
    "expires",
    "expiry",
    "inception",
    "started",
    "answered",
    "ended",
    "updated",
    "msg",
    "start",
    "stop",
    "answer",
];
const MEASURES: &[&str] = &[
    "ttl", "ping", "offset", "timeout", "interval", "code", "status", "service", "r", "count", "limit",
    "page", "per", "size", "seq", "serial", "duration", "seconds", "ms", "port", "version", "total", "flag",
    "level", "priority",
];

/// What `key` says of its value.
pub(super) fn about(key: &str) -> About {
    let has = |list: &[&str]| words(key).any(|word| list.contains(&word.to_lowercase().as_str()));
    if has(SECRETS) {
        return if !has(SECRETS_ALWAYS) && has(&["type", "expires", "expired", "url", "in", "path"]) {
            About::Secretless
        } else {
            About::Secret
        };
    }
    if has(NAMES) {
        return About::Name;
    }
    if key == "id" || key == "requestId" {
        return About::OwnId;
    }
    if key.eq_ignore_ascii_case("expires_in") || key.eq_ignore_ascii_case("expiresIn") {
        return About::Measure;
    }
    if has(TIMES) {
        return About::Time;
    }
    if has(MEASURES) { About::Measure } else { About::Words }
}
