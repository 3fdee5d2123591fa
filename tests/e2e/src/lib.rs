//! The built programs in a desktop of their own.
