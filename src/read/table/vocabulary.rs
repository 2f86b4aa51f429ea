//! What stands above a column of an office's table → the field it is, of which year, and how sure that is.

use rustc_hash::FxHashMap;

use super::fields::{Sort, sort};
use crate::formats::office::{Heading, Said, bare, plain};
use crate::model::LayerKind;
use crate::read::cut_names::is_cut;
use crate::read::recognise::IGNORE;
use crate::read::{Mappings, Why, fields_of};

/// The names by which the fields of a kind of table are known.
pub(super) struct Vocabulary {
    kind: LayerKind,
    /// The field, by its place in the dictionary, and how far behind in its names each name stands; 0 is the canonical one.
    names: FxHashMap<String, (usize, usize)>,
    /// What the user says: the column, the field, its year.
    mapped: Vec<Mapped>,
    /// Columns that the user says are none of the fields.
    ignored: Vec<String>,
}

/// A `--map` of a table.
pub(super) struct Mapped {
    /// The column as the user calls it.
    pub(super) column: String,
    /// The field by its place in the dictionary.
    pub(super) field: usize,
    /// The year behind the name of the field.
    pub(super) year: Option<i64>,
}

/// A field that a heading names.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// Its place in the dictionary.
    pub(super) field: usize,
    /// How far behind in its names the name stands.
    pub(super) rank: usize,
    pub(super) why: Why,
    pub(super) said: Said,
    /// Why it cannot be used, although its name is known.
    pub(super) but: Option<&'static str>,
    /// The year that `--map` says.
    pub(super) year: Option<i64>,
}

/// Words that make another thing of a number or a class.
const OTHERWISE: [&str; 26] = [
    "同比",
    "增长",
    "增幅",
    "增速",
    "增减",
    "占比",
    "比重",
    "排名",
    "位次",
    "名次",
    "得分",
    "分值",
    "目标",
    "计划",
    "预计",
    "任务",
    "预测",
    "应缴",
    "欠缴",
    "减免",
    "退税",
    "出租",
    "承租",
    "母公司",
    "控股",
    "关联",
];

impl Vocabulary {
    /// The names of a kind, and those that the user gives to columns.
    ///
    /// # Errors
    /// The mapping that names no field, and the fields that there are.
    pub(super) fn of(kind: LayerKind, mappings: &Mappings) -> Result<Self, (String, String)> {
        let fields = fields_of(kind);
        let mut names = FxHashMap::default();
        for (at, spec) in fields.iter().enumerate() {
            let all = [spec.name].into_iter().chain(spec.known_as.iter().copied());
            for (rank, name) in all.enumerate() {
                names.entry(stem(&bare(&plain(name)))).or_insert((at, rank));
            }
        }
        let mut mapped = Vec::new();
        for ((_, field), column) in mappings.iter().filter(|((layer, _), _)| *layer == kind) {
            let (name, year) = match field.split_once('.') {
                Some((name, year)) => (name, Some(year)),
                None => (field.as_str(), None),
            };
            if name == IGNORE {
                continue;
            }
            let at = fields.iter().position(|spec| spec.name == name);
            let by_year = sort(kind, name).may_have_years();
            let year = match year.map(str::parse::<i64>) {
                Some(Ok(year)) if by_year && (1900..2200).contains(&year) => Some(Some(year)),
                None => Some(None),
                Some(_) => None,
            };
            let (Some(at), Some(year)) = (at, year) else {
                let there = fields.iter().map(|spec| {
                    let year = if sort(kind, spec.name).by_year() {
                        ".YEAR"
                    } else {
                        ""
                    };
                    format!("{}{year}", spec.name)
                });
                let titles = fields.iter().map(|spec| spec.zh().unwrap_or(spec.name));
                let why = format!(
                    "`{}` has no field `{field}`; it has {} ({})",
                    kind.name(),
                    there.collect::<Vec<_>>().join(", "),
                    titles.collect::<Vec<_>>().join(", ")
                );
                return Err((format!("{}.{field}={column}", kind.name()), why));
            };
            mapped.push(Mapped {
                column: column.clone(),
                field: at,
                year,
            });
        }
        let ignored = mappings.get(&(kind, IGNORE.to_owned()));
        let ignored = ignored.into_iter().flat_map(|names| names.lines());
        Ok(Self {
            kind,
            names,
            mapped,
            ignored: ignored.map(plain).collect(),
        })
    }

    /// What the user gives to columns.
    pub(super) fn mapped(&self) -> &[Mapped] {
        &self.mapped
    }

    /// Whether the user says that a column is none of the fields.
    pub(super) fn ignores(&self, column: &str) -> bool {
        self.ignored.contains(&plain(column))
    }

    /// What the cells of a field hold.
    pub(super) fn sort(&self, field: usize) -> Sort {
        sort(self.kind, self.name(field))
    }

    /// The canonical name of a field.
    pub(super) fn name(&self, field: usize) -> &'static str {
        fields_of(self.kind).get(field).map_or("", |spec| spec.name)
    }

    /// For the search of a header: which field a heading names, whatever else is to be said of it.
    pub(super) fn key(&self, heading: &Heading) -> Option<u64> {
        let found = self.found(heading)?;
        if found.but.is_some() {
            return None;
        }
        let year = found.year.or(found.said.years.first().copied());
        let year = year.filter(|_| self.sort(found.field).by_year());
        Some(found.field as u64 * 10_000 + year.unwrap_or_default().unsigned_abs())
    }

    /// The field that a heading names.
    pub(super) fn found(&self, heading: &Heading) -> Option<Found> {
        if heading.parts.is_empty() {
            return None;
        }
        if self.ignores(&heading.name()) {
            return None;
        }
        let said = heading.said();
        if let Some(mapped) = self.mapped_to(heading) {
            return Some(Found {
                field: mapped.field,
                rank: 0,
                why: Why::Mapped,
                said,
                but: None,
                year: mapped.year,
            });
        }
        let (field, rank, name) = self
            .canonical(heading)
            .or_else(|| self.named(&said.words))?;
        let but = self.but(field, &said, &name);
        Some(Found {
            field,
            rank,
            why: if rank == 0 { Why::Canonical } else { Why::Name },
            said,
            but,
            year: None,
        })
    }

    fn mapped_to(&self, heading: &Heading) -> Option<&Mapped> {
        let (name, leaf) = (
            plain(&heading.name()),
            heading.parts.last().map(|part| plain(part)),
        );
        let is = |mapped: &&Mapped| {
            let column = plain(&mapped.column);
            column == name || leaf.as_ref() == Some(&column)
        };
        self.mapped.iter().find(is)
    }

    /// The field of a heading that is its canonical name to the letter: what looks like a unit in it is none.
    fn canonical(&self, heading: &Heading) -> Option<(usize, usize, String)> {
        let [part] = &heading.parts[..] else {
            return None;
        };
        let part = part.trim();
        let field = fields_of(self.kind)
            .iter()
            .position(|spec| spec.name.eq_ignore_ascii_case(part))?;
        Some((field, 0, part.to_owned()))
    }

    /// The field of words from the top down: all of them, the last two either way, the last. A short name must be all.
    fn named(&self, words: &[String]) -> Option<(usize, usize, String)> {
        let all = words.concat();
        let mut names = vec![(all, true)];
        if let [.., above, last] = words {
            let only = words.len() == 2;
            names.push((format!("{last}{above}"), only));
            names.push((format!("{above}{last}"), only));
            names.push((last.clone(), false));
        }
        names.into_iter().find_map(|(name, is_all)| {
            let name = stem(&name);
            let (field, rank) = *self.names.get(&name)?;
            (is_all || name.chars().count() > 2).then_some((field, rank, name))
        })
    }

    /// Why a column of a known name cannot be used.
    fn but(&self, field: usize, said: &Said, name: &str) -> Option<&'static str> {
        let sort = self.sort(field);
        let otherwise = |word: &&&str| said.whole.contains(**word) && !name.contains(**word);
        if sort != Sort::Text && OTHERWISE.iter().any(|word| otherwise(&word)) {
            return Some("something else is meant by it");
        }
        if sort.is_measured() && said.qualified {
            return Some("what stands in its brackets is not understood");
        }
        if sort.by_year() && said.part_of_year {
            return Some("it is not of a whole year, or does not say of which");
        }
        (sort.by_year() && said.years.len() > 1).then_some("it names several years")
    }

    /// The fields whose names may be cut to this one, each with what its whole name says.
    pub(super) fn cut(&self, name: &str) -> Vec<Found> {
        let of = |(field, spec): (usize, &crate::read::FieldSpec)| {
            let names = [spec.name].into_iter().chain(spec.known_as.iter().copied());
            let ends: &[&str] = match self.sort(field) {
                Sort::Day | Sort::DayOrNo => &["", "日期", "时间"],
                _ => &[""],
            };
            let mut whole =
                names.flat_map(|name| ends.iter().map(move |end| format!("{name}{end}")));
            let whole = whole.find(|whole| is_cut(name, whole))?;
            let heading = Heading { parts: vec![whole] };
            Some(Found {
                field,
                rank: spec.known_as.len() + 1,
                why: Why::Cut,
                said: heading.said(),
                but: None,
                year: None,
            })
        };
        fields_of(self.kind)
            .iter()
            .enumerate()
            .filter_map(of)
            .collect()
    }

    /// A known name of a number, a day or a class that a heading contains, though it is none.
    pub(super) fn nearly(&self, heading: &Heading) -> Option<usize> {
        let whole = bare(&heading.said().words.concat());
        let names = self.names.iter().filter(|(name, (field, _))| {
            let long = name.chars().count() > 1 && !name.is_ascii();
            long && self.sort(*field) != Sort::Text && whole.contains(name.as_str())
        });
        // the longest name, then the first field: the order of the map must not tell
        let longest =
            names.max_by_key(|(name, (field, _))| (name.len(), std::cmp::Reverse(*field)));
        longest.map(|(_, (field, _))| *field)
    }
}

/// A name without what does not tell it from others: `是否规上企业`, `实际动工日期`.
fn stem(name: &str) -> String {
    let mut name = name;
    for begin in ["是否为", "是否属于", "是否是", "是否"] {
        name = name.strip_prefix(begin).unwrap_or(name);
    }
    for end in ["日期", "时间", "之日"] {
        let before = name.strip_suffix(end).filter(|rest| !rest.is_empty());
        name = before.unwrap_or(name);
    }
    name.to_owned()
}

#[cfg(test)]
mod tests;
