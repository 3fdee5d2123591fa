use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use http::Uri;
use tokio_rustls::TlsConnector;

use super::{
    Names,
    connect::{self, BoxError, Io},
};

/// A knock that is not answered within this time is not, from when it is known where to knock.
const WITHIN: Duration = Duration::from_secs(2);

/// The last place, server or proxy, that could not even be connected to, or not securely; shared by all that use one [`super::Wire`].
///
/// A knock is a connection that is closed at once, without a request in it, and where it is to be secure after TLS has
/// greeted: whether a server is there again can be told without asking it for anything.
#[derive(Clone, Default)]
pub(crate) struct Door {
    place: Arc<Mutex<Option<Uri>>>,
    tls: Option<TlsConnector>,
    /// What is known of the names of places.
    pub(super) names: Names,
}

impl Door {
    /// One behind which nobody was looked for yet.
    pub(super) fn new(names: Names, tls: TlsConnector) -> Self {
        Self { place: Arc::default(), tls: Some(tls), names }
    }

    /// Connects to this place.
    pub(super) async fn enter(&self, place: Uri) -> Result<Box<dyn Io>, BoxError> {
        self.try_at(&place);
        let stream = connect::tcp(&self.names, place).await?;
        self.answered();
        Ok(Box::new(stream))
    }

    /// Nobody has answered here yet.
    pub(super) fn try_at(&self, place: &Uri) {
        *self.place() = Some(place.clone());
    }

    /// Whether the place's name has several addresses, and which of them answers is not known. Who gives up waiting for
    /// that leaves a shut door: of a name that nobody knows no place answers.
    pub(super) async fn is_one_of_many(&self, place: &Uri, host: &str) -> bool {
        let before = self.place().replace(place.clone());
        let many = self.names.are_many(host).await;
        *self.place() = before;
        many
    }

    /// Whatever was tried last has answered.
    pub(super) fn answered(&self) {
        *self.place() = None;
    }

    /// Whether nobody answered at the place that was tried last.
    pub(crate) fn is_shut(&self) -> bool {
        self.place().is_some()
    }

    /// Whether somebody answers there.
    pub(crate) async fn knock(&self) -> bool {
        let place = self.place().clone();
        let Some(place) = place else { return true };
        // Whoever goes on waiting for a name asks again sooner than who begins anew.
        if connect::addresses(&self.names, &place).await.is_err() {
            return false;
        }
        let greeted = async {
            let stream = connect::tcp(&self.names, place.clone()).await?;
            if let (Some("https"), Some(tls)) = (place.scheme_str(), &self.tls) {
                connect::secured(tls, &place, stream).await?;
            }
            Ok::<_, BoxError>(())
        };
        tokio::time::timeout(WITHIN, greeted).await.is_ok_and(|greeted| greeted.is_ok())
    }

    fn place(&self) -> MutexGuard<'_, Option<Uri>> {
        self.place.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
