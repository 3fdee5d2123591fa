//! Makes the page's commands part of the access control, so that each window gets only what its capability names.

fn main() {
    let commands = tauri_build::AppManifest::new().commands(&[
        "follow",
        "act",
        "calls",
        "save_calls",
        "settings",
        "mounted",
        "hide_popup",
    ]);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands)) {
        println!("cargo::error={error:#}");
    }
}
