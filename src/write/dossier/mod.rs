//! 一地块一档: a finished run → one page for each of some parcels, which prints to A4, and the page that lists them.

mod boundary;
mod findings;
mod index;
mod land;
mod map;
mod measures;
mod name;
mod needs;
mod standing;

use std::fs;

use maud::{Markup, html};
use rayon::prelude::*;
use serde::Serialize;

pub use name::dossier_file;

use super::page::{Words, choice_called, document, provenance, reading_called};
use super::{Language, ResultFolder, WriteError, write_json};
use crate::law::pack::Pack;
use crate::read::RunBook;

/// What pages are made of.
pub struct Dossier<'a> {
    run: &'a RunBook,
    /// The policy, where its text is the one that the run was judged by.
    pack: Option<&'a Pack>,
    language: Language,
    files: Vec<String>,
}

/// `summary.json` of a folder of pages.
#[derive(Clone, Debug, Serialize)]
pub struct DossierSummary {
    program: &'static str,
    version: &'static str,
    /// How many pages there are beside the index.
    pub pages: usize,
    policy: String,
    as_of: String,
    files: Vec<String>,
}

/// One parcel of a run, of which a page is made.
#[derive(Clone, Copy)]
struct Subject<'a> {
    of: &'a Dossier<'a>,
    /// Its place among those that are wanted.
    place: usize,
    /// Its row in the map of parcels.
    row: usize,
}

impl<'a> Dossier<'a> {
    /// Makes ready to write pages on the parcels at which a run is opened; quotes are of `pack`.
    pub fn new(run: &'a RunBook, pack: Option<&'a Pack>, language: Language) -> Self {
        let names = run.chosen.iter().map(|row| {
            let id = run.parcels.text(*row, "parcel_id").unwrap_or_default();
            let number = run.parcels.text(*row, "parcel_row");
            (id, number.and_then(|number| number.parse().ok()))
        });
        Self {
            files: name::dossier_files(names),
            run,
            pack,
            language,
        }
    }

    /// Writes a page for each parcel, the index and `summary.json`.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn write(
        &self,
        folder: &ResultFolder,
        advance: &(dyn Fn(u64) + Sync),
    ) -> Result<DossierSummary, WriteError> {
        let put = |name: &str, text: String| {
            fs::write(folder.path(name), text).map_err(|why| folder.io_error(name, why))
        };
        (0..self.files.len())
            .into_par_iter()
            .try_for_each(|place| {
                advance(1);
                put(&self.files[place], self.page(place))
            })?;
        put("index.html", self.index())?;
        let mut files = vec!["index.html".to_owned(), "summary.json".to_owned()];
        files.extend(self.files.iter().cloned());
        files.sort();
        let summary = DossierSummary {
            program: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            pages: self.files.len(),
            policy: self.run.facts.policy.clone(),
            as_of: self.run.facts.as_of.to_string(),
            files,
        };
        write_json(folder, "summary.json", &summary)?;
        Ok(summary)
    }

    const fn l<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        self.language.of(zh, en)
    }

    const fn words(&self) -> Words {
        Words(self.language)
    }

    /// What a panel beside a map shows of the parcel at a place among those wanted, its problems first.
    pub fn panel(&self, place: usize) -> String {
        let subject = Subject {
            of: self,
            place,
            row: self.run.chosen[place],
        };
        subject.panel().into_string()
    }

    /// The page on the parcel at a place among those wanted.
    pub fn page(&self, place: usize) -> String {
        let subject = Subject {
            of: self,
            place,
            row: self.run.chosen[place],
        };
        let name = subject.name();
        let title = format!("{} {name}", self.l("宗地", "Parcel"));
        document(&title, self.language, &subject.page(&title))
    }
}

impl<'a> Subject<'a> {
    fn run(&self) -> &'a RunBook {
        self.of.run
    }

    const fn l<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        self.of.l(zh, en)
    }

    fn text(&self, column: &str) -> Option<String> {
        let text = self.run().parcels.text(self.row, column);
        text.map(std::borrow::Cow::into_owned)
    }

    fn number(&self, column: &str) -> Option<f64> {
        self.run().parcels.number(self.row, column)
    }

    /// Its id, or its row where it has none.
    fn name(&self) -> String {
        self.text("parcel_id").unwrap_or_else(|| {
            let row = self.text("parcel_row").unwrap_or_default();
            format!("{} {row}", self.l("第", "row"))
        })
    }

    fn panel(&self) -> Markup {
        html! {
            (section(self.l("数据问题", "Problems found in the data"), self.problems()))
            (self.identity())
            (section(self.l("指标", "Measures"), Some(self.measures())))
            (section(self.l("政策判定", "What the rules say"), self.findings()))
            (section(self.l("闲置低效情况", "Use of the land"), self.use_of_land()))
            (section(self.l("零增地技改所需", "What an upgrade would take"), self.upgrade()))
            (section(self.l("待补资料", "What is missing, and who knows it"), self.missing()))
            (section(self.l("零星地块", "Scattered land beside it"), self.pieces()))
            (section(self.l("建筑", "Buildings"), self.buildings()))
            (section(self.l("四至与相邻宗地", "Neighbours"), self.neighbours()))
            (section(self.l("企业", "Enterprises"), self.enterprises()))
        }
    }

    fn page(&self, title: &str) -> Markup {
        html! {
            p.screen { a href="index.html" { "← " (self.l("全部地块", "all parcels")) } }
            h1 { (title) }
            (self.identity())
            (self.map())
            (section(self.l("指标", "Measures"), Some(self.measures())))
            (section(self.l("政策判定", "What the rules say"), self.findings()))
            (section(self.l("闲置低效情况", "Use of the land"), self.use_of_land()))
            (section(self.l("零增地技改所需", "What an upgrade would take"), self.upgrade()))
            (section(self.l("待补资料", "What is missing, and who knows it"), self.missing()))
            (section(self.l("零星地块", "Scattered land beside it"), self.pieces()))
            (section(self.l("建筑", "Buildings"), self.buildings()))
            (section(self.l("四至与相邻宗地", "Neighbours"), self.neighbours()))
            (section(self.l("界址点坐标", "Boundary points"), Some(self.boundary_points())))
            (section(self.l("企业", "Enterprises"), self.enterprises()))
            (section(self.l("数据问题", "Problems found in the data"), self.problems()))
            (section(self.l("数据来源与口径", "Where this comes from"), Some(self.sources())))
            div.sign {
                span { (self.l("制表：", "made by: ")) }
                span { (self.l("审核：", "checked by: ")) }
                span { (self.l("日期：", "date: ")) }
                span { (self.l("（签章）", "(seal)")) }
            }
        }
    }

    fn sources(&self) -> Markup {
        let run = self.run();
        let readings = run
            .summary
            .get("readings")
            .and_then(serde_json::Value::as_object);
        html! {
            (provenance(&run.summary, self.of.language))
            @if let Some(readings) = readings {
                h3 { (self.l("读法（法律留白处所取口径）", "Readings, where the law leaves a choice")) }
                p.soft {
                    @for (at, (name, choice)) in readings.iter().enumerate() {
                        @if at > 0 { (self.l("；", "; ")) }
                        (self.reading_name(name)) " = " (self.choice_name(name, choice.as_str().unwrap_or_default()))
                    }
                }
            }
            @for note in &run.notes { p.note { (self.of.language.message(note)) } }
            p.note {
                (self.l("本页由程序按所列数据与政策文本自动生成，未经核实的事实不作结论；", "Made by a program from the data and the policy named here; what is not known is not concluded. "))
                (self.l("认定以自然资源主管部门为准。", "Decisions are the department's."))
            }
        }
    }

    /// What a reading is about, with its name.
    fn reading_name(&self, name: &str) -> String {
        match reading_called(self.of.pack, name, self.of.language) {
            about if about == name => name.to_owned(),
            about => format!("{about} ({name})"),
        }
    }

    /// What was chosen, and what that means.
    fn choice_name(&self, name: &str, choice: &str) -> String {
        let meaning = choice_called(self.of.pack, (name, choice), self.of.language);
        match (meaning, self.of.language) {
            (Some(meaning), Language::Zh) => format!("{choice}（{meaning}）"),
            _ => choice.to_owned(),
        }
    }
}

/// A part of a page; none where nothing is to be said.
fn section(heading: &str, body: Option<Markup>) -> Markup {
    html! {
        @if let Some(body) = body {
            section { h2 { (heading) } (body) }
        }
    }
}
