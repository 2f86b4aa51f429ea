//! `plotratio propose`: splits, merges and upgrades of a measured city, each judged before it is shown.

use std::collections::BTreeMap;
use std::error::Error;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::check_city::position;
use super::city_file::fill_in;
use super::inputs::inputs;
use super::language::Languages;
use super::progress::Bars;
use super::propose_arguments::{ProposalArgument, ProposeArguments};
use super::propose_maps::{buildings, buildings_among, of_splits, ranked};
use super::propose_merge::merges;
use super::propose_split::{split_wish, splits_shown};
use super::results::{
    begin, sources, spare_inputs, table_of, where_to_look, write_index, write_tables,
};
use super::scan::options;
use super::{say, use_threads};
use crate::features::limits::{Judged, SubjectKind};
use crate::features::split::{ListedSplits, propose_splits};
use crate::features::upgrade::upgrade_rule;
use crate::law::judge::{Finding, Judgement, Verdict};
use crate::parcels::Tasks;
use crate::progress::Progress as _;
use crate::run::{Scan, scan, scan_around};
use crate::write::{
    Book, FileRows, Format, Language, PROPOSE_BOOKS, ProposalCounts, ProposalSummary, ResultFolder,
    SourceFacts, Summary, Table, UPGRADE_BOOKS, WriteError, boundary_points, boundary_points_table,
    defects_of_city, proposal_findings_table, sorted_defects, split_proposals_table, splits_table,
    term_notice, unproposed_table, upgrade_findings_table, upgrade_proposals_table, write_json,
    write_workbooks,
};

/// Measures a city and proposes.
pub(super) fn run(
    arguments: &ProposeArguments,
    languages: Languages,
) -> Result<(), Box<dyn Error>> {
    let (language, of_lists) = (languages.printed, languages.of_lists);
    let mut arguments = arguments.clone().settle();
    if !arguments.all && arguments.parcel.is_empty() {
        return Err("nothing to propose for; name parcels with `--parcel ID`, or take them all with `--all`".into());
    }
    let asked = arguments.scan.results.format.clone();
    if let Some(city) = arguments.scan.city.clone() {
        fill_in(&mut arguments.scan, &city)?;
    }
    let of_scan = &arguments.scan;
    use_threads(of_scan.results.threads)?;
    let inputs = inputs(&of_scan.layers)?;
    let mut options = options(of_scan)?;
    options.tasks = match arguments.kind {
        ProposalArgument::Upgrade => Tasks::parse("upgrades")?,
        ProposalArgument::Split | ProposalArgument::Merge => Tasks::FACTS,
    };
    let formats = match (&asked, &of_scan.results.format) {
        (None, Some(of_city)) => {
            let mut formats = Format::parse_list(of_city)?;
            // a city file speaks of its scan: a page on the whole run is none of proposals
            formats.retain(|format| *format != Format::Html);
            formats
        }
        (_, asked) => Format::parse_tables(asked.as_deref().unwrap_or("geojson,csv"))?,
    };
    spare_inputs(&inputs, &of_scan.to.out)?;
    let folder = begin(of_scan, languages)?;
    let bars = Bars::new(of_scan.to.quiet, language);
    // merges and upgrades go from parcel to parcel as far as they hang together
    let is_local = arguments.kind == ProposalArgument::Split && !arguments.all;
    let measure = || {
        if is_local {
            scan_around(&inputs, options, &arguments.parcel, &bars)
        } else {
            scan(&inputs, options, &bars)
        }
    };
    let (sources, scan) = rayon::join(|| sources(&inputs), measure);
    let (sources, mut scan) = (sources?, scan?);
    must_have_rules(&scan, arguments.kind)?;
    let to = Results {
        formats: &formats,
        printed: language,
        of_lists,
        sources: &sources,
        folder: &folder,
        bars: &bars,
    };
    let parcels = if arguments.all {
        all_sites(&scan)
    } else {
        named(&scan, &arguments.parcel)?
    };
    // merges go by who holds what, and forget it themselves
    if of_scan.results.without_owners && arguments.kind != ProposalArgument::Merge {
        scan.measured.city.forget_owners();
    }
    let (files, counts, shown) = match arguments.kind {
        ProposalArgument::Upgrade => upgrades(&scan, &parcels, &to)?,
        ProposalArgument::Split => splits(&scan, &parcels, &arguments, &to)?,
        ProposalArgument::Merge => merges(&mut scan, &parcels, &arguments, &to)?,
    };
    let files = write_index(files, &folder, language)?;
    let summary = ProposalSummary {
        scan: Summary::of((&scan, None), sources, files),
        proposals: counts,
    };
    write_json(&folder, "summary.json", &summary)?;
    folder.commit()?;
    drop(bars);
    if of_scan.to.json {
        say(&serde_json::to_string(&summary)?);
    } else if !of_scan.to.quiet {
        let options = &scan.measured.options;
        if let Some(notice) = term_notice(&options.policy, options.as_of, language) {
            say(&notice);
        }
        let mut lines = summary.proposals.lines(language);
        lines.push(summary.scan.policy_line(language));
        say(&table_of(lines, &summary.scan.notes, language));
        for line in &shown {
            say(line);
        }
        say(&where_to_look(
            &of_scan.to.out,
            &summary.scan.files,
            language,
        ));
    }
    Ok(())
}

/// Refuses to propose what the policy has no rules for: nothing could be judged.
fn must_have_rules(scan: &Scan, kind: ProposalArgument) -> Result<(), String> {
    let (policy, as_of) = (&scan.measured.options.policy, scan.measured.options.as_of);
    let word = match kind {
        ProposalArgument::Split => "split",
        ProposalArgument::Merge => "merge",
        ProposalArgument::Upgrade => "upgrade",
    };
    let has_rules = if kind == ProposalArgument::Upgrade {
        upgrade_rule(policy, as_of).is_some()
    } else {
        let of_kind = |id: &str| {
            policy
                .rule(id, as_of)
                .is_some_and(|rule| rule.kinds.iter().any(|of| of == word))
        };
        policy.rule_ids().into_iter().any(of_kind)
    };
    if has_rules {
        return Ok(());
    }
    Err(format!(
        "the policy `{}` has no rules in force for the kind `{word}`, so nothing could be judged; name another with `--policy`",
        policy.id
    ))
}

/// Where results go.
pub(super) struct Results<'a> {
    pub(super) formats: &'a [Format],
    /// The language of what is printed, and of the QGIS project.
    pub(super) printed: Language,
    /// The language of workbooks.
    of_lists: Language,
    pub(super) sources: &'a BTreeMap<&'static str, SourceFacts>,
    pub(super) folder: &'a ResultFolder,
    pub(super) bars: &'a Bars,
}

impl Results<'_> {
    /// Writes the tables, and the workbook of them where one is asked for.
    pub(super) fn write(
        &self,
        scan: &Scan,
        tables: &[(Table<'_>, &[Format])],
        books: &[Book],
    ) -> Result<Vec<FileRows>, WriteError> {
        let mut files = write_tables(tables, self.folder, self.bars)?;
        if self.formats.contains(&Format::Xlsx) {
            self.bars.step("xlsx", None);
            let summary = Summary::of((scan, None), self.sources.clone(), Vec::new());
            let preface = summary.preface(scan, self.of_lists);
            let all: Vec<&Table<'_>> = tables.iter().map(|(table, _)| table).collect();
            let books = write_workbooks(self.folder, books, &all, &preface)?;
            files.extend(books.into_iter().map(|(file, rows)| (file, Some(rows))));
        }
        Ok(files)
    }
}

/// The files written, what they hold, and what to print beside that in the language of what is printed.
pub(super) type Written = (Vec<FileRows>, ProposalCounts, Vec<String>);

fn upgrades(scan: &Scan, parcels: &[u32], to: &Results<'_>) -> Result<Written, Box<dyn Error>> {
    let set: FxHashSet<u32> = parcels.iter().copied().collect();
    let wanted = |parcel: u32| set.contains(&parcel);
    let defects = sorted_defects(&scan.remarks.defects);
    let judged = judged_upgrades(scan, &wanted);
    let mut tables: Vec<(Table<'_>, &[Format])> = vec![
        (upgrade_proposals_table(scan, &wanted), to.formats),
        (upgrade_findings_table(scan, &judged), &[Format::Csv]),
        (defects_of_city(scan, &defects), &[Format::Csv]),
    ];
    tables.extend(buildings(scan));
    let mut files = to.write(scan, &tables, UPGRADE_BOOKS)?;
    let mut layers = ranked([&tables[0].0]);
    layers.extend(buildings_among(&layers, &tables));
    to.write_city(scan, &layers, &mut files)?;
    let mut counts = ProposalCounts {
        kind: "upgrade",
        looked_at: parcels.len() as u64,
        ..ProposalCounts::default()
    };
    let solved = scan
        .upgrades
        .sites
        .iter()
        .filter(|site| wanted(site.parcel));
    counts.count(solved.map(|site| site.need.proposed().verdict));
    counts.parcels = counts.proposals;
    let solved: FxHashSet<u32> = scan.upgrades.sites.iter().map(|site| site.parcel).collect();
    for parcel in parcels.iter().filter(|parcel| !solved.contains(parcel)) {
        let is_site = scan.measured.is_industrial_site(*parcel as usize);
        counts.leave_out(if is_site {
            "no_building"
        } else {
            "not_industrial"
        });
    }
    Ok((files, counts, Vec::new()))
}

/// What every rule of upgrades says of those that are wanted; rules that do not apply say nothing.
fn judged_upgrades(scan: &Scan, wanted: &(dyn Fn(u32) -> bool + Sync)) -> Judged {
    let (policy, as_of) = (&scan.measured.options.policy, scan.measured.options.as_of);
    let sites = scan
        .upgrades
        .sites
        .par_iter()
        .filter(|site| wanted(site.parcel));
    let found = sites.map(|site| (site.parcel, site.judged(scan.known())));
    let found: Vec<(u32, Option<Judgement>)> = found.collect();
    let mut judged = Judged::default();
    for (parcel, judgement) in &found {
        let findings = judgement.iter().flat_map(|judgement| &judgement.findings);
        let speaks = |finding: &&Finding| finding.verdict != Verdict::NotApplicable;
        let subject = (SubjectKind::Upgrade, *parcel);
        judged.add(subject, policy, as_of, findings.filter(speaks));
    }
    judged
}

fn splits(
    scan: &Scan,
    parcels: &[u32],
    arguments: &ProposeArguments,
    to: &Results<'_>,
) -> Result<Written, Box<dyn Error>> {
    let wish = split_wish(scan, arguments)?;
    let listed = ListedSplits::of(
        scan.known(),
        propose_splits(scan.known(), parcels, &wish, to.bars),
    )?;
    let defects = sorted_defects(&scan.remarks.defects);
    let of_ways: Vec<Vec<u32>> = (listed.ways().iter())
        .map(|way| vec![way.split.parcel])
        .collect();
    let csv: &[Format] = &[Format::Csv];
    let points = boundary_points(&listed);
    let mut tables: Vec<(Table<'_>, &[Format])> = vec![
        (split_proposals_table(scan, &listed), to.formats),
        (splits_table(scan, &listed), csv),
        (boundary_points_table(scan, &listed, &points), csv),
        (unproposed_table(scan, &listed), csv),
        (
            proposal_findings_table(scan, &listed.judged, (&listed.ids, &of_ways)),
            csv,
        ),
        (defects_of_city(scan, &defects), csv),
    ];
    tables.extend(buildings(scan));
    let mut files = to.write(scan, &tables, PROPOSE_BOOKS)?;
    let mut layers = ranked([&tables[0].0]);
    layers.extend(buildings_among(&layers, &tables));
    layers.extend(of_splits(
        scan,
        &listed,
        &tables[1].0,
        (&tables[2].0, &points),
    ));
    to.write_city(scan, &layers, &mut files)?;
    let mut counts = ProposalCounts::of_splits(&listed);
    counts.wish = wish.named();
    Ok((files, counts, splits_shown(scan, &listed, to.printed)))
}

/// The industrial parcels in use, in the order of results.
fn all_sites(scan: &Scan) -> Vec<u32> {
    let all = scan.measured.order.parcels.iter().copied();
    all.filter(|at| scan.measured.is_industrial_site(*at as usize))
        .collect()
}

/// The positions of the parcels of these ids, in the order given, each once.
fn named(scan: &Scan, ids: &[String]) -> Result<Vec<u32>, String> {
    let mut parcels = Vec::new();
    for id in ids {
        // a case can have its facts by number, a proposal cannot
        let found = position(scan, id).map_err(|why| {
            why.replace(
                "give its facts by number",
                "tell them apart by another column (`--map parcels.id=COLUMN`)",
            )
        })?;
        let at = u32::try_from(found).map_err(|why| why.to_string())?;
        if !parcels.contains(&at) {
            parcels.push(at);
        }
    }
    Ok(parcels)
}
