//! The tray's pictures: layers of `icons/tray`, drawn over each other.

use std::{io::Cursor, iter::zip};

use ksni::Icon;

/// A layer with its pictures, smallest first.
type Layer = (&'static str, [&'static [u8]; 5]);

macro_rules! layers {
    ($($name:literal),* $(,)?) => {
        &[$(($name, layers!(@sizes $name, "16", "22", "24", "32", "48"))),*]
    };
    (@sizes $name:literal, $($px:literal),*) => {
        [$(include_bytes!(concat!("../../../icons/tray/", $name, "-", $px, ".png"))),*]
    };
}

const LAYERS: &[Layer] = layers![
    "available",
    "busy",
    "dnd",
    "ringing",
    "away",
    "offline",
    "unknown",
    "unproven",
    "missed-1",
    "missed-2",
    "missed-3",
    "missed-4",
    "missed-5",
    "missed-6",
    "missed-7",
    "missed-8",
    "missed-9",
    "missed-many",
    "trouble",
];

/// A picture in RGBA with straight alpha.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Four bytes a pixel, row by row.
    pub rgba: Vec<u8>,
}

/// The tray's layers over each other, bottom first, in every size, smallest first; unknown names are left out.
pub fn pictures(names: &[&str]) -> Vec<Picture> {
    let layers: Vec<&Layer> =
        names.iter().filter_map(|name| LAYERS.iter().find(|(layer, _)| layer == name)).collect();
    let Some(((_, bottom), upper)) = layers.split_first() else { return Vec::new() };
    bottom
        .iter()
        .enumerate()
        .filter_map(|(size, bottom)| {
            let mut picture = decode(bottom)?;
            for (_, sizes) in upper {
                draw_over(&mut picture, &decode(sizes.get(size)?)?);
            }
            Some(picture)
        })
        .collect()
}

/// The same as StatusNotifierItem wants it: ARGB.
pub(crate) fn compose(names: &[&str]) -> Vec<Icon> {
    let argb = |mut picture: Picture| {
        for [r, g, b, a] in pixels(&mut picture.rgba) {
            (*r, *g, *b, *a) = (*a, *r, *g, *b);
        }
        let (width, height) = (picture.width.try_into().ok()?, picture.height.try_into().ok()?);
        Some(Icon { width, height, data: picture.rgba })
    };
    pictures(names).into_iter().filter_map(argb).collect()
}

fn decode(png: &[u8]) -> Option<Picture> {
    let mut decoder = png::Decoder::new(Cursor::new(png));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().ok()?;
    let mut data = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut data).ok()?;
    data.truncate(frame.buffer_size());
    if frame.color_type == png::ColorType::GrayscaleAlpha {
        data = data.as_chunks().0.iter().flat_map(|&[grey, alpha]| [grey, grey, grey, alpha]).collect();
    }
    Some(Picture { width: frame.width, height: frame.height, rgba: data })
}

fn pixels(data: &mut [u8]) -> &mut [[u8; 4]] {
    data.as_chunks_mut().0
}

/// Source over destination, with straight alpha.
fn draw_over(below: &mut Picture, above: &Picture) {
    for (below, above) in zip(pixels(&mut below.rgba), above.rgba.as_chunks::<4>().0) {
        let ([r, g, b, a], [over_r, over_g, over_b, over_a]) = (*below, *above);
        let (over, under) = (u32::from(over_a) * 255, u32::from(a) * (255 - u32::from(over_a)));
        let alpha = over + under;
        let mix = |over_c: u8, c: u8| {
            let mixed = (u32::from(over_c) * over + u32::from(c) * under + alpha / 2).checked_div(alpha);
            u8::try_from(mixed.unwrap_or_default()).unwrap_or(u8::MAX)
        };
        let alpha = u8::try_from((alpha + 127) / 255).unwrap_or(u8::MAX);
        *below = [mix(over_r, r), mix(over_g, g), mix(over_b, b), alpha];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layer_is_drawn_in_every_size() {
        for (name, _) in LAYERS {
            let sizes: Vec<i32> = compose(&[name]).iter().map(|icon| icon.width).collect();
            assert_eq!(sizes, [16, 22, 24, 32, 48], "{name}");
            for icon in compose(&[name]) {
                assert_eq!(icon.data.len(), usize::try_from(icon.width * icon.height * 4).unwrap());
                assert!(
                    icon.data.as_chunks::<4>().0.iter().any(|[alpha, ..]| *alpha > 200),
                    "{name} is empty"
                );
            }
        }
    }

    #[test]
    fn a_layer_changes_only_what_it_covers() {
        let (plain, marked, mark) =
            (compose(&["available"]), compose(&["available", "missed-1"]), compose(&["missed-1"]));
        for ((plain, marked), mark) in zip(zip(plain, marked), mark) {
            assert_ne!(plain.data, marked.data);
            for ((plain, marked), mark) in zip(
                zip(plain.data.as_chunks::<4>().0, marked.data.as_chunks::<4>().0),
                mark.data.as_chunks::<4>().0,
            ) {
                match mark[0] {
                    0 => assert_eq!(plain[0], marked[0]),
                    255 => assert_eq!(mark, marked),
                    _ => assert!(marked[0] >= mark[0]),
                }
            }
        }
    }

    /// The layers that a state is told by.
    const STATES: [&str; 8] =
        ["available", "busy", "dnd", "ringing", "away", "offline", "unknown", "unproven"];

    /// Relative luminance (WCAG 2.2) of a colour.
    fn luminance(rgb: [u8; 3]) -> f64 {
        let [r, g, b] = rgb.map(|c| {
            let c = f64::from(c) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn contrast(one: f64, other: f64) -> f64 {
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_state_stands_out_on_light_and_on_dark_panels() {
        let panels = [[0xf6, 0xf5, 0xf4], [0xff, 0xff, 0xff], [0x2d, 0x2d, 0x2d], [0, 0, 0]];
        for name in STATES {
            for picture in pictures(&[name]) {
                let mut colours = std::collections::BTreeMap::<[u8; 3], usize>::new();
                for &[r, g, b, a] in picture.rgba.as_chunks::<4>().0 {
                    if a == 255 && [r, g, b] != [255; 3] {
                        *colours.entry([r, g, b]).or_default() += 1;
                    }
                }
                let (&main, _) = colours.iter().max_by_key(|(_, count)| **count).unwrap();
                for panel in panels {
                    let contrast = contrast(luminance(main), luminance(panel));
                    assert!(contrast >= 3.0, "{name} at {}: {contrast:.2} on {panel:?}", picture.width);
                }
            }
        }
    }

    #[test]
    fn states_differ_by_their_shapes_and_not_by_colour_alone() {
        // What is left of a picture without its colours: where it is drawn, and where that is light.
        let shape = |name| -> Vec<(bool, bool)> {
            let small = pictures(&[name]).swap_remove(0);
            let pixels = small.rgba.as_chunks::<4>().0.iter();
            pixels.map(|&[r, g, b, a]| (a > 127, a > 127 && luminance([r, g, b]) > 0.5)).collect()
        };
        for (index, one) in STATES.iter().enumerate() {
            for other in &STATES[index + 1..] {
                let differ = zip(shape(one), shape(other)).filter(|(one, other)| one != other).count();
                assert!(differ >= 10, "{one} and {other} differ in {differ} of 256 pixels");
            }
        }
    }

    #[test]
    fn an_unknown_layer_is_left_out() {
        assert_eq!(compose(&["available", "hologram"]).len(), 5);
        assert!(compose(&["hologram"]).is_empty());
    }
}
