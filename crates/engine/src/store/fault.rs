use std::path::Path;

use model::{Problem, ProblemCode};
use rusqlite::ErrorCode;

/// Why the history cannot be kept as it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum StoreFault {
    #[error("a newer version wrote it")]
    Newer,
    #[error("it is damaged, or no history")]
    Broken,
    #[error("it cannot be written")]
    Unwritable,
    #[error("the disk is full")]
    Full,
    /// Something about one statement, not about the file.
    #[error("SQLite says {0:?}")]
    Statement(ErrorCode),
}

impl StoreFault {
    /// Whether the file is of no use in this run.
    pub(super) fn is_lasting(self) -> bool {
        match self {
            Self::Newer | Self::Broken => true,
            Self::Unwritable | Self::Full | Self::Statement(_) => false,
        }
    }

    pub(super) fn problem(self, path: Option<&Path>) -> Problem {
        let file = path.map_or_else(|| "in memory".to_owned(), |path| path.display().to_string());
        let text = match self {
            Self::Newer => format!(
                "The call history {file} was written by a newer Ringside; update this one. Until then calls are kept in memory only."
            ),
            Self::Broken => format!(
                "The call history {file} is damaged; move it away and start Ringside again. Until then calls are kept in memory only."
            ),
            Self::Unwritable | Self::Statement(_) => format!(
                "The call history {file} cannot be written; make its folder and the disk writable. Until then calls are kept in memory only."
            ),
            Self::Full => {
                "The disk is full; free some space. Until then calls are kept in memory only.".to_owned()
            }
        };
        Problem::new(ProblemCode::Storage, text)
    }
}

impl From<rusqlite::Error> for StoreFault {
    fn from(error: rusqlite::Error) -> Self {
        // The file beside it cannot grow, which takes 32 KiB at once; SQLite does not call that a full disk.
        if error
            .sqlite_error()
            .is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE)
        {
            return Self::Full;
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Broken,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(
                ErrorCode::ReadOnly
                | ErrorCode::CannotOpen
                | ErrorCode::PermissionDenied
                | ErrorCode::SystemIoFailure
                | ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::OutOfMemory
                | ErrorCode::FileLockingProtocolFailed
                | ErrorCode::NoLargeFileSupport,
            ) => Self::Unwritable,
            Some(code) => Self::Statement(code),
            // A value that is not what its column promises.
            None => Self::Statement(ErrorCode::TypeMismatch),
        }
    }
}
