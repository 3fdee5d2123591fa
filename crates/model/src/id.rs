use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

/// The name of an account as the person wrote it in the settings: `[a-z0-9-]+`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(type = "string"))]
#[serde(transparent)]
pub struct AccountId(Arc<str>);

macro_rules! id_within_an_account {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(type = "string"))]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id that the provider of `account` calls `local`: `account/local`.
            pub fn new(account: &AccountId, local: &str) -> Self {
                // Not formatted, for every event names a person or a call.
                Self([account.as_str(), "/", local].concat().into())
            }

            /// The part after the account.
            pub fn local(&self) -> &str {
                self.0.split_once('/').map_or(&self.0, |(_, local)| local)
            }

            /// The whole id.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(whole: &str) -> Self {
                Self(whole.into())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id_within_an_account! {
    /// A call: the account that saw it first, and that provider's id.
    CallId
}
id_within_an_account! {
    /// A person: the account, and that provider's id.
    PersonId
}

impl AccountId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for AccountId {
    fn from(id: &str) -> Self {
        Self(id.into())
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
