//! What only `WebKitGTK` is told.

use std::{cell::RefCell, env::var_os};

use gtk::{pango::FontDescription, prelude::GtkSettingsExt as _};
use tauri::WebviewWindow;
use webkit2gtk::{SettingsExt as _, WebView, WebViewExt};

use crate::windows::Builder;

const PLAIN_BUFFERS: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Without a GPU, `WebKitGTK`'s DMABUF renderer takes 70 MB and 190 ms more, and with some drivers shows nothing.
///
/// Without it no device is needed, and while none is named, this process loads a whole graphics driver to find one.
pub fn prefer_plain_buffers() {
    if var_os(PLAIN_BUFFERS).is_none() {
        drop(glib::setenv(PLAIN_BUFFERS, "1", true));
        drop(glib::setenv("WEBKIT_WEB_RENDER_DEVICE_FILE", "/dev/null", false));
    }
}

/// Has the page written in the desktop's own font, which `WebKitGTK` does for no name that a style sheet has.
pub fn write_as_the_desktop(window: &WebviewWindow) -> tauri::Result<()> {
    window.with_webview(|page| {
        let font = gtk::Settings::default().and_then(|desktop| desktop.gtk_font_name());
        let family = font.and_then(|font| family(&font));
        if let (Some(settings), Some(family)) = (WebViewExt::settings(&page.inner()), family) {
            settings.set_sans_serif_font_family(&family);
        }
    })
}

/// The family of a font such as `Cantarell Bold 11`; none if it only says that it has no serifs.
fn family(font: &str) -> Option<String> {
    let family = FontDescription::from_string(font).family()?.split(',').next()?.trim().to_owned();
    let says_nothing =
        ["", "sans", "sans-serif", "system-ui"].iter().any(|it| family.eq_ignore_ascii_case(it));
    (!says_nothing).then_some(family)
}

thread_local! {
    static OTHER: RefCell<Option<WebView>> = const { RefCell::new(None) };
}

/// Has a page drawn by the process that draws an open one, for another process takes its time and memory.
pub fn beside<'a>(page: Builder<'a>, open: &WebviewWindow) -> tauri::Result<Builder<'a>> {
    open.with_webview(|open| OTHER.set(Some(open.inner())))?;
    Ok(match OTHER.take() {
        Some(view) => page.with_related_view(view),
        None => page,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_desktops_font_is_its_family_if_that_is_one() {
        for (font, expected) in [
            ("Cantarell 11", Some("Cantarell")),
            ("Noto Sans Bold Italic 10", Some("Noto Sans")),
            ("Ubuntu, Cantarell 10", Some("Ubuntu")),
            ("Sans 10", None),
            ("", None),
        ] {
            assert_eq!(family(font).as_deref(), expected, "{font}");
        }
    }
}
