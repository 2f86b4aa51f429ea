//! `plotratio propose`: splits, merges and upgrades of a measured city, each judged before it is shown.

use std::error::Error;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::check_city::position;
use super::city_file::fill_in;
use super::inputs::inputs;
use super::progress::Bars;
use super::propose_arguments::{ProposalArgument, ProposeArguments};
use super::propose_merge::merges;
use super::propose_split::{split_wish, splits_shown};
use super::results::{sources, spare_inputs, table_of, write_tables};
use super::scan::options;
use super::{say, use_threads};
use crate::judge::{Finding, Judgement, Verdict};
use crate::proposals::{ListedSplits, propose_splits};
use crate::propose::upgrade_rule;
use crate::scan::{Judged, Scan, SubjectKind, Tasks, scan};
use crate::write::{
    Format, Language, ProposalCounts, ProposalSummary, ResultFolder, Summary, WriteError,
    defects_table, proposal_findings_table, sorted_defects, split_proposals_table, splits_table,
    term_notice, unproposed_table, upgrade_findings_table, upgrade_proposals_table, write_json,
};

/// Measures a city and proposes.
pub(super) fn run(arguments: &ProposeArguments, language: Language) -> Result<(), Box<dyn Error>> {
    let mut arguments = arguments.clone().settle();
    if !arguments.all && arguments.parcel.is_empty() {
        return Err("nothing to propose for; name parcels with `--parcel ID`, or take them all with `--all`".into());
    }
    if let Some(city) = arguments.scan.city.clone() {
        fill_in(&mut arguments.scan, &city)?;
    }
    let of_scan = &arguments.scan;
    use_threads(of_scan.threads)?;
    let inputs = inputs(&of_scan.layers)?;
    let mut options = options(of_scan)?;
    options.tasks = match arguments.kind {
        ProposalArgument::Upgrade => Tasks::parse("upgrades")?,
        ProposalArgument::Split | ProposalArgument::Merge => Tasks::FACTS,
    };
    let formats = Format::parse_tables(of_scan.format.as_deref().unwrap_or("geojson,csv"))?;
    spare_inputs(&inputs, &of_scan.out)?;
    let folder = ResultFolder::begin(&of_scan.out, of_scan.overwrite)?;
    let bars = Bars::new(of_scan.quiet);
    let (sources, scan) = rayon::join(|| sources(&inputs), || scan(&inputs, options, &bars));
    let (sources, mut scan) = (sources?, scan?);
    must_have_rules(&scan, arguments.kind)?;
    let to = Results {
        formats: &formats,
        folder: &folder,
        bars: &bars,
    };
    let parcels = if arguments.all {
        all_sites(&scan)
    } else {
        named(&scan, &arguments.parcel)?
    };
    let (files, counts, shown) = match arguments.kind {
        ProposalArgument::Upgrade => upgrades(&scan, &parcels, &to)?,
        ProposalArgument::Split => splits(&scan, &parcels, &arguments, &to)?,
        ProposalArgument::Merge => merges(&mut scan, &parcels, &arguments, &to)?,
    };
    let summary = ProposalSummary {
        scan: Summary::of((&scan, None), sources, files),
        proposals: counts,
    };
    write_json(&folder, "summary.json", &summary)?;
    folder.commit()?;
    drop(bars);
    if of_scan.json {
        say(&serde_json::to_string(&summary)?);
    } else if !of_scan.quiet {
        let options = &scan.options;
        if let Some(notice) = term_notice(&options.policy, options.as_of, language) {
            say(&notice);
        }
        let mut lines = summary.proposals.lines();
        lines.push(summary.scan.policy_line());
        say(&table_of(lines, &summary.scan.notes));
        for line in &shown {
            say(line);
        }
        say(&format!("Results: {}", of_scan.out.display()));
    }
    Ok(())
}

/// Refuses to propose what the policy has no rules for: nothing could be judged.
fn must_have_rules(scan: &Scan, kind: ProposalArgument) -> Result<(), String> {
    let (policy, as_of) = (&scan.options.policy, scan.options.as_of);
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
    pub(super) folder: &'a ResultFolder,
    pub(super) bars: &'a Bars,
}

/// The files written, what they hold, and what to print beside that.
pub(super) type Written = (Vec<String>, ProposalCounts, Vec<String>);

fn upgrades(scan: &Scan, parcels: &[u32], to: &Results<'_>) -> Result<Written, WriteError> {
    let set: FxHashSet<u32> = parcels.iter().copied().collect();
    let wanted = |parcel: u32| set.contains(&parcel);
    let defects = sorted_defects(&scan.city.defects);
    let judged = judged_upgrades(scan, &wanted);
    let tables = [
        (upgrade_proposals_table(scan, &wanted), to.formats),
        (upgrade_findings_table(scan, &judged), &[Format::Csv]),
        (defects_table(&defects), &[Format::Csv]),
    ];
    let files = write_tables(&tables, to.folder, to.bars)?;
    let mut counts = ProposalCounts {
        kind: "upgrade",
        looked_at: parcels.len() as u64,
        ..ProposalCounts::default()
    };
    let solved = scan.upgrades.iter().filter(|site| wanted(site.parcel));
    counts.count(solved.map(|site| site.need.proposed().verdict));
    counts.parcels = counts.proposals;
    let solved: FxHashSet<u32> = scan.upgrades.iter().map(|site| site.parcel).collect();
    for parcel in parcels.iter().filter(|parcel| !solved.contains(parcel)) {
        let is_site = scan.is_industrial_site(*parcel as usize);
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
    let (policy, as_of) = (&scan.options.policy, scan.options.as_of);
    let sites = scan.upgrades.par_iter().filter(|site| wanted(site.parcel));
    let found = sites.map(|site| (site.parcel, site.judged(scan)));
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
    let listed = ListedSplits::of(scan, propose_splits(scan, parcels, &wish, to.bars))?;
    let defects = sorted_defects(&scan.city.defects);
    let csv: &[Format] = &[Format::Csv];
    let tables = [
        (split_proposals_table(scan, &listed), to.formats),
        (splits_table(scan, &listed), csv),
        (unproposed_table(scan, &listed), csv),
        (
            proposal_findings_table(scan, &listed.judged, &listed.ids),
            csv,
        ),
        (defects_table(&defects), csv),
    ];
    let files = write_tables(&tables, to.folder, to.bars)?;
    let mut counts = ProposalCounts::of_splits(&listed);
    counts.wish = wish.named();
    Ok((files, counts, splits_shown(scan, &listed)))
}

/// The industrial parcels in use, in the order of results.
fn all_sites(scan: &Scan) -> Vec<u32> {
    let all = scan.order.parcels.iter().copied();
    all.filter(|at| scan.is_industrial_site(*at as usize))
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
