use serde::{Deserialize, Serialize};

/// The languages people are spoken to in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "named by ISO 639-1")]
pub enum Language {
    #[default]
    En,
    Da,
    Sv,
    Vi,
    De,
    Fr,
}

impl Language {
    /// All there are, English first.
    pub const ALL: [Self; 6] = [Self::En, Self::Da, Self::Sv, Self::Vi, Self::De, Self::Fr];

    /// Its code in ISO 639-1.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Da => "da",
            Self::Sv => "sv",
            Self::Vi => "vi",
            Self::De => "de",
            Self::Fr => "fr",
        }
    }

    /// The language of a code, or of a locale that begins with one, such as `da_DK.UTF-8`.
    pub fn of(locale: &str) -> Option<Self> {
        let code = locale.split(['_', '-', '.', '@']).next()?;
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(code))
    }
}
