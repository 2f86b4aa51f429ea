//! The page that lists all pages.

use maud::html;

use super::Dossier;
use crate::write::page::{document, number, provenance};

impl Dossier<'_> {
    /// `index.html`.
    pub(super) fn index(&self) -> String {
        let run = self.run;
        let words = self.words();
        let title = self.l("一地块一档", "Parcel files");
        let rows = run.chosen.iter().zip(&self.files).enumerate();
        let has = |column: &str| {
            run.chosen
                .iter()
                .any(|row| run.parcels.text(*row, column).is_some())
        };
        let (owners, places) = (has("owner"), has("location"));
        let body = html! {
            h1 { (title) }
            p.lead {
                (self.l("共 ", "")) (run.chosen.len()) (self.l(" 宗；政策 ", " parcels; policy ")) (run.facts.policy)
                (self.l("，判定日 ", ", as of ")) (run.facts.as_of)
            }
            table {
                thead { tr {
                    th.n { (self.l("序号", "no.")) } th { (self.l("宗地代码", "parcel")) }
                    @if owners { th { (self.l("权利人", "holder")) } }
                    @if places { th { (self.l("坐落", "address")) } }
                    th { (self.l("用地类别", "land use")) } th.n { (self.l("面积 m²", "area m²")) } th.n { (self.l("容积率", "plot ratio")) } th.n { (self.l("建筑密度", "density")) } th { (self.l("状态", "state")) } th { (self.l("结论", "verdict")) }
                } }
                tbody {
                    @for (place, (row, file)) in rows {
                        @let text = |column: &str| run.parcels.text(*row, column);
                        @let figure = |column: &str, places: u8| run.parcels.number(*row, column).map_or_else(|| "–".to_owned(), |value| number(value, places));
                        @let state = run.idle.of(place).next().and_then(|row| row.text("state").map(|state| words.state(state)));
                        @let verdict = text("verdict");
                        tr {
                            td.n { (place + 1) }
                            td { a href=(url(file)) { (text("parcel_id").unwrap_or_else(|| file.trim_end_matches(".html").into())) } }
                            @if owners { td { (text("owner").unwrap_or_default()) } }
                            @if places { td { (text("location").unwrap_or_default()) } }
                            td { (text("land_use").map(|word| words.land_use(&word)).unwrap_or_default()) }
                            td.n { (figure("area_m2", 2)) }
                            td.n { (figure("plot_ratio", 4)) }
                            td.n { (figure("building_density", 4)) }
                            td { (state.unwrap_or_default()) }
                            td { @if let Some(verdict) = &verdict { span class=(format!("verdict {verdict}")) { (words.verdict(verdict, None)) } } }
                        }
                    }
                }
            }
            h2 { (self.l("数据来源与口径", "Where this comes from")) }
            (provenance(&run.summary, self.language))
        };
        document(title, self.language, &body)
    }
}

/// The name of a file as a relative address: what is no letter or digit of ASCII is escaped.
fn url(file: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let escaped = file.bytes().map(|byte| match byte {
        byte if plain(byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    format!("./{}", escaped.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::url;

    #[test]
    fn an_address_stays_in_its_folder() {
        assert_eq!(url("甲-1 (2).html"), "./%E7%94%B2-1%20%282%29.html");
    }
}
