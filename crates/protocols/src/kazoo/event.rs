//! One event of one leg, in whatever spelling it came.

use std::borrow::Cow;

macro_rules! texts {
    ($( $(#[doc = $doc:literal])+ $name:ident: $first:literal $(| $key:literal)*; )+) => {
        /// What an event says of its leg, as far as it says it; folded keys in the order of the source.
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct Texts<'a> {
            $( $(#[doc = $doc])+ pub $name: Option<Cow<'a, str>>, )+
        }

        /// Where the value of this folded key goes.
        pub(super) fn slot(folded: &[u8]) -> Option<Slot> {
            Some(match folded {
                $( $first $(| $key)* => |texts| &mut texts.$name, )+
                _ => return None,
            })
        }

        impl Texts<'_> {
            /// The same, owning everything.
            pub fn into_owned(self) -> Texts<'static> {
                Texts { $( $name: self.$name.map(|text| Cow::Owned(text.into_owned())), )+ }
            }
        }
    };
}

texts! {
    /// The leg: a SIP `Call-ID` or the switch's own, with any characters.
    call_id: b"callid";
    /// `inbound` or `outbound`, as the switch sees the leg.
    direction: b"calldirection";
    /// The leg it belongs to, or (the switch falls back to it) the leg itself.
    other_leg: b"otherlegcallid" | b"otherlegid";
    /// The A-leg's id, exported to the legs it rings.
    bridge_id: b"bridgeid";
    /// One side of a bridge.
    bridge_a: b"bridgeauniqueid";
    /// The other side.
    bridge_b: b"bridgebuniqueid";
    /// Common to all legs of an interaction, transfers included.
    interaction_id: b"callinteractionid" | b"interactionid";
    /// The user whose phone it is.
    owner_id: b"ownerid";
    /// The device that is called or calls.
    authorizing_id: b"authorizingid";
    /// `device`, `user`, `resource` (a carrier) …
    authorizing_type: b"authorizingtype";
    /// The account.
    account_id: b"accountid";
    /// The SIP user name.
    username: b"username";
    /// `extension@realm`.
    presence_id: b"presenceid";
    /// `user@realm` of who calls.
    from: b"from" | b"fromuri";
    /// `user@realm` of who is called.
    to: b"to" | b"touri";
    /// `user@realm` as dialled.
    request: b"request";
    /// The caller's number.
    caller_number: b"calleridnumber";
    /// The caller's name.
    caller_name: b"calleridname";
    /// The called side's number.
    callee_number: b"calleeidnumber";
    /// The called side's name.
    callee_name: b"calleeidname";
    /// Why the leg ended.
    hangup_cause: b"hangupcause";
    /// For how long it was answered when it ended.
    billing_seconds: b"billingseconds";
    /// `true` on a leg that the switch leads back into itself.
    loopback: b"channelisloopback" | b"isloopback" | b"isinternalleg";
    /// `true` on a leg that forwards a call.
    forward: b"callforward" | b"callforwarded";
    /// `early` or `ringing` while nobody has answered.
    answer_state: b"channelanswerstate";
    /// `EARLY` or `RINGING` while nobody has answered.
    call_state: b"channelcallstate";
}

/// One of an event's texts.
pub(super) type Slot = for<'t, 'a> fn(&'t mut Texts<'a>) -> &'t mut Option<Cow<'a, str>>;

/// Which keys of `Custom-Channel-Vars` are those of the event itself.
pub(super) fn is_channel_var(folded: &[u8]) -> bool {
    matches!(
        folded,
        b"ownerid"
            | b"accountid"
            | b"authorizingid"
            | b"authorizingtype"
            | b"presenceid"
            | b"username"
            | b"bridgeid"
            | b"callinteractionid"
            | b"callforward"
    )
}

/// An event of a leg.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelEvent<'a> {
    /// What happened.
    pub kind: Kind,
    /// The leg, never empty.
    pub call_id: Cow<'a, str>,
    /// When, in microseconds since 1970, if the event says so.
    pub at: Option<i64>,
    /// The rest; its own `call_id` is taken out.
    pub texts: Texts<'a>,
}

impl ChannelEvent<'_> {
    /// The same, owning everything.
    pub fn into_owned(self) -> ChannelEvent<'static> {
        ChannelEvent {
            kind: self.kind,
            call_id: Cow::Owned(self.call_id.into_owned()),
            at: self.at,
            texts: self.texts.into_owned(),
        }
    }
}

/// What happened to a leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "named by Kazoo")]
pub enum Kind {
    Create,
    Answer,
    Bridge,
    Unbridge,
    Hold,
    Unhold,
    /// `CHANNEL_DESTROY`, and `CHANNEL_DISCONNECTED` of a media server that was lost.
    Destroy,
    Parked,
    Retrieved,
    Abandoned,
}

/// What the name of an event says.
pub(super) enum Named {
    Known(Kind),
    /// Of Kazoo, and of no use here.
    Idle,
    Unknown,
}

pub(super) fn named(folded: &[u8]) -> Named {
    Named::Known(match folded {
        b"channelcreate" => Kind::Create,
        b"channelanswer" => Kind::Answer,
        b"channelbridge" => Kind::Bridge,
        b"channelunbridge" => Kind::Unbridge,
        b"channelhold" => Kind::Hold,
        b"channelunhold" => Kind::Unhold,
        b"channeldestroy" | b"channeldisconnected" => Kind::Destroy,
        b"parkparked" => Kind::Parked,
        b"parkretrieved" => Kind::Retrieved,
        b"parkabandoned" => Kind::Abandoned,
        b"channelprogress"
        | b"channelprogressmedia"
        | b"channelexecute"
        | b"channelexecutecomplete"
        | b"channelpending"
        | b"dtmf"
        | b"recordstart"
        | b"recordstop" => return Named::Idle,
        _ => return Named::Unknown,
    })
}

/// The user part of `user@realm`, with or without `sip:` before it.
pub fn user(address: &str) -> &str {
    let address = address.strip_prefix("sip:").unwrap_or(address);
    address.split_once('@').map_or(address, |(user, _)| user)
}

/// A key or an event's name without `-` and `_`, in lower case.
///
/// What is longer than any known one is cut short of being equal to one.
pub(super) struct Folded {
    bytes: [u8; 24],
    length: usize,
}

impl Folded {
    pub(super) fn of(text: &str) -> Self {
        let mut folded = Self { bytes: [0; 24], length: 0 };
        for &byte in text.as_bytes() {
            if matches!(byte, b'-' | b'_') {
                continue;
            }
            let Some(place) = folded.bytes.get_mut(folded.length) else { break };
            *place = byte.to_ascii_lowercase();
            folded.length += 1;
        }
        folded
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}
