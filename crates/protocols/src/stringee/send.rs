//! All that a client ever says.

use serde::Serialize;

use super::Device;
use crate::secret;

/// The version of the frames, as the SDK calls it whatever its own release.
const FRAMES: &str = "2.6.0";
/// A client of the web's frames.
const WEB: u8 = 3;

/// Something to say: there is no fourth.
#[derive(Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub(super) enum Ask<'a> {
    Pong {
        request_id: u64,
    },
    SignIn {
        #[serde(rename = "accesstoken")]
        access_token: &'a str,
        device_id: &'a str,
        browser_id: &'a str,
        session_id: &'a str,
        platform: u8,
        platform_version: &'a str,
        device_name: &'a str,
        screen_size: &'a str,
        sdk_version: &'a str,
        request_id: u64,
    },
    Change {
        attribute: &'a str,
        value: &'a serde_json::Value,
        request_id: u64,
    },
}

#[derive(Serialize)]
struct Frame<'a> {
    service: u8,
    body: &'a Ask<'a>,
}

impl<'a> Ask<'a> {
    pub(super) fn sign_in(token: &'a secret::Text, device: &'a Device, request_id: u64) -> Self {
        Self::SignIn {
            access_token: token.expose(),
            device_id: &device.device_id,
            browser_id: &device.browser_id,
            session_id: &device.session_id,
            platform: WEB,
            platform_version: "",
            device_name: &device.name,
            screen_size: "",
            sdk_version: FRAMES,
            request_id,
        }
    }

    pub(super) fn encode(&self) -> String {
        let service = match self {
            Self::Pong { .. } => 1,
            Self::SignIn { .. } => 2,
            Self::Change { .. } => 103,
        };
        let encoded = serde_json::to_string(&Frame { service, body: self });
        debug_assert!(encoded.is_ok(), "text, numbers and JSON can be written as JSON");
        encoded.unwrap_or_default()
    }
}
