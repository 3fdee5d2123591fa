use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use http::Uri;

use super::connect;

/// A knock that is not answered within this time is not.
const WITHIN: Duration = Duration::from_secs(2);

/// The last place, server or proxy, that could not even be connected to; shared by all that use one [`super::Wire`].
///
/// A knock is a bare TCP connection that is closed at once, without a byte in it: whether a server is there again can
/// be told without asking it for anything.
#[derive(Clone, Debug, Default)]
pub(crate) struct Door(Arc<Mutex<Option<Uri>>>);

impl Door {
    /// Nobody has answered here yet.
    pub(super) fn try_at(&self, place: &Uri) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(place.clone());
    }

    /// Whatever was tried last has answered.
    pub(super) fn answered(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Whether nobody answered at the place that was tried last.
    pub(crate) fn is_shut(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Whether somebody answers there.
    pub(crate) async fn knock(&self) -> bool {
        let place = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(place) = place else { return true };
        tokio::time::timeout(WITHIN, connect::tcp(place)).await.is_ok_and(|connected| connected.is_ok())
    }
}
