//! A colour and a hatching → the symbol of QGIS that fills with them.

use crate::write::map_layer::DrawnAs;

/// How a face is filled; lines and points have its colour alone.
pub(super) struct Fill {
    face: [u8; 3],
    hatch: Option<u16>,
}

impl Fill {
    /// A colour, and lines at an angle in it, so that grey print tells it apart.
    pub(super) const fn new(face: [u8; 3], hatch: Option<u16>) -> Self {
        Self { face, hatch }
    }

    /// The symbol of that number.
    pub(super) fn symbol(&self, number: usize, drawn: DrawnAs) -> String {
        let [red, green, blue] = self.face;
        let colour = format!("{red},{green},{blue},255");
        let (kind, inner) = match drawn {
            DrawnAs::Areas => return self.area(number),
            DrawnAs::Lines => (
                "line",
                layer(
                    "SimpleLine",
                    &[
                        ("line_color", &colour),
                        ("line_width", "0.5"),
                        ("line_width_unit", "MM"),
                    ],
                    "",
                ),
            ),
            DrawnAs::Points => (
                "marker",
                layer(
                    "SimpleMarker",
                    &[
                        ("name", "circle"),
                        ("color", &colour),
                        ("outline_color", "255,255,255,255"),
                        ("outline_width", "0.2"),
                        ("size", "2"),
                        ("size_unit", "MM"),
                    ],
                    "",
                ),
            ),
        };
        format!(
            "<symbol type=\"{kind}\" name=\"{number}\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">{inner}</symbol>"
        )
    }

    fn area(&self, number: usize) -> String {
        let [red, green, blue] = self.face;
        // under lines the face is pale
        let alpha = if self.hatch.is_some() { 70 } else { 190 };
        let line = [red, green, blue].map(|part| part / 3);
        let outline = format!("{},{},{},255", line[0], line[1], line[2]);
        let face = layer(
            "SimpleFill",
            &[
                ("color", &format!("{red},{green},{blue},{alpha}")),
                ("outline_color", &outline),
                ("outline_style", "solid"),
                ("outline_width", "0.16"),
                ("outline_width_unit", "MM"),
                ("style", "solid"),
            ],
            "",
        );
        let lines = self.hatch.map_or_else(String::new, |angle| {
            let stroke = layer(
                "SimpleLine",
                &[
                    ("line_color", &format!("{red},{green},{blue},255")),
                    ("line_width", "0.3"),
                    ("line_width_unit", "MM"),
                ],
                "",
            );
            let inner = format!(
                "<symbol type=\"line\" name=\"@{number}@1\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">{stroke}</symbol>"
            );
            layer(
                "LinePatternFill",
                &[
                    ("angle", &angle.to_string()),
                    ("color", &format!("{red},{green},{blue},255")),
                    ("distance", "1.8"),
                    ("distance_unit", "MM"),
                    ("line_width", "0.3"),
                    ("line_width_unit", "MM"),
                    ("offset", "0"),
                ],
                &inner,
            )
        });
        format!(
            "<symbol type=\"fill\" name=\"{number}\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">{face}{lines}</symbol>"
        )
    }
}

fn layer(class: &str, properties: &[(&str, &str)], inner: &str) -> String {
    let properties: Vec<String> = properties
        .iter()
        .map(|(key, value)| format!("<prop k=\"{key}\" v=\"{value}\"/>"))
        .collect();
    let properties = properties.concat();
    format!(
        "<layer class=\"{class}\" enabled=\"1\" locked=\"0\" pass=\"0\">{properties}{inner}</layer>"
    )
}
