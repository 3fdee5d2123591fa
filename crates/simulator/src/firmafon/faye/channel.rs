//! Channel names, and which patterns cover them (`protocol/grammar.js` and `protocol/channel.js` of npm faye 1.4.3).

fn is_word(segment: &str) -> bool {
    !segment.is_empty() && segment.chars().all(|c| c.is_ascii_alphanumeric() || "-_!~()$@".contains(c))
}

/// Whether `name` names one channel.
pub(super) fn is_name(name: &str) -> bool {
    name.strip_prefix('/').is_some_and(|rest| rest.split('/').all(is_word))
}

/// Whether `name` is a pattern: any words, then `*` or `**`.
pub(super) fn is_pattern(name: &str) -> bool {
    let Some((path, last)) = name.rsplit_once('/') else { return false };
    (last == "*" || last == "**") && (path.is_empty() || is_name(path))
}

fn first_word(name: &str) -> &str {
    name.split('/').nth(1).unwrap_or_default()
}

/// Whether `name` is a well-formed channel under `/meta`.
pub(super) fn is_meta(name: &str) -> bool {
    (is_name(name) || is_pattern(name)) && first_word(name) == "meta"
}

/// Whether `name` is under `/service`, which nobody may subscribe to.
pub(super) fn is_service(name: &str) -> bool {
    (is_name(name) || is_pattern(name)) && first_word(name) == "service"
}

/// Whether a subscription to `pattern` gets what is published on `channel`.
pub(super) fn covers(pattern: &str, channel: &str) -> bool {
    if pattern == channel {
        return true;
    }
    if let Some(above) = pattern.strip_suffix("/**") {
        return channel.strip_prefix(above).is_some_and(|rest| rest.starts_with('/'));
    }
    match (pattern.strip_suffix("/*"), channel.rsplit_once('/')) {
        (Some(above), Some((parent, _))) => above == parent,
        (None, _) | (_, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_patterns_are_told_apart() {
        assert!(is_name("/presence/company/1234"));
        assert!(!is_name("noslash"));
        assert!(!is_name("/"));
        assert!(!is_name("/a//b"));
        assert!(!is_name("/a/*"));
        assert!(is_pattern("/*"));
        assert!(is_pattern("/call2/**"));
        assert!(!is_pattern("/call2/*/x"));
        assert!(is_meta("/meta/bogus"));
        assert!(!is_meta("/metal/x"));
    }

    #[test]
    fn one_star_covers_one_level_and_two_stars_cover_all_below() {
        assert!(covers("/call2/employee/*", "/call2/employee/77"));
        assert!(!covers("/call2/*", "/call2/employee/77"));
        assert!(covers("/call2/**", "/call2/employee/77"));
        assert!(covers("/**", "/a"));
        assert!(!covers("/call2/**", "/call2"));
        assert!(!covers("/call/**", "/call2/employee/77"));
    }
}
