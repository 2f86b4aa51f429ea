//! What merges are wished for on the command line; the results of them.

use std::error::Error;

use super::propose::{Results, Written};
use super::propose_arguments::{GroupArgument, ProposeArguments};
use super::propose_maps::{buildings, buildings_among, ranked};
use crate::features::limits::{Judged, SubjectKind};
use crate::features::merge::{Grouping, MergeProposal, MergeWish, merge_facts, propose_merges};
use crate::law::judge::{Case, Finding, Judgement, judge};
use crate::run::Scan;
use crate::write::judgement::measure_text;
use crate::write::{
    Format, Language, PROPOSE_BOOKS, ProposalCounts, Table, defects_of_city, merge_proposals_table,
    merged_table, proposal_findings_table, sorted_defects, verdict_called,
};

/// The parcels of some merges, each once, in the order of their layer.
fn held(merges: &[MergeProposal]) -> Vec<u32> {
    let held = merges
        .iter()
        .flat_map(|merge| merge.parcels.iter().copied());
    let held: std::collections::BTreeSet<u32> = held.collect();
    held.into_iter().collect()
}

/// Proposes merges, and writes them.
pub(super) fn merges(
    scan: &mut Scan,
    parcels: &[u32],
    arguments: &ProposeArguments,
    to: &Results<'_>,
) -> Result<Written, Box<dyn Error>> {
    let wish = MergeWish {
        grouping: match arguments.merge.group {
            Some(GroupArgument::Holder) => Grouping::Holder,
            None if arguments.all => Grouping::Holder,
            Some(GroupArgument::Any) | None => Grouping::Any,
        },
        parcels: if arguments.all {
            Vec::new()
        } else {
            parcels.to_vec()
        },
        most_parcels: usize::from(arguments.merge.group_size),
        most: arguments.most.map(|most| most as usize),
    };
    let mut merges = propose_merges(scan.known(), &wish, to.bars)?;
    scan.remarks.notes.append(&mut merges.notes);
    let mut counts = ProposalCounts {
        kind: "merge",
        looked_at: parcels.len() as u64,
        ..ProposalCounts::default()
    };
    counts.count(merges.proposals.iter().map(|merge| merge.judgement.verdict));
    let held = held(&merges.proposals);
    // whom a parcel is to be merged with may be none of those that were asked for
    let with_one = (parcels.iter()).filter(|parcel| held.binary_search(parcel).is_ok());
    counts.parcels = with_one.count() as u64;
    let by_holder = wish.grouping == Grouping::Holder;
    for parcel in parcels
        .iter()
        .filter(|parcel| held.binary_search(parcel).is_err())
    {
        let of_nobody = scan.measured.city.parcels.rows[*parcel as usize]
            .owner
            .is_none();
        counts.leave_out(if by_holder && of_nobody {
            "holder_unknown"
        } else {
            "no_partner"
        });
    }
    if arguments.scan.results.without_owners {
        scan.measured.city.forget_owners();
    }
    let options = &scan.measured.options;
    let none = if merges.proposals.is_empty() && wish.parcels.len() > 1 {
        together(scan, &wish.parcels)
    } else {
        None
    };
    let judgements = || {
        merges
            .proposals
            .iter()
            .map(|merge| &merge.judgement)
            .chain(&none)
    };
    let judged = Judged::of_proposals(
        SubjectKind::Merge,
        &options.policy,
        options.as_of,
        judgements(),
    );
    let ids: Vec<String> = merges
        .proposals
        .iter()
        .map(MergeProposal::id)
        .chain(none.iter().map(|_| NAMED.to_owned()))
        .collect();
    let together_with: Vec<Vec<u32>> = (merges.proposals.iter())
        .map(|merge| merge.parcels.clone())
        .chain(none.iter().map(|_| wish.parcels.clone()))
        .collect();
    let defects = sorted_defects(&scan.remarks.defects);
    let csv: &[Format] = &[Format::Csv];
    let mut tables: Vec<(Table<'_>, &[Format])> = vec![
        (merge_proposals_table(scan, &merges), to.formats),
        (merged_table(scan, &merges), to.formats),
        (
            proposal_findings_table(scan, &judged, (&ids, &together_with)),
            csv,
        ),
        (defects_of_city(scan, &defects), csv),
    ];
    tables.extend(buildings(scan));
    let mut files = to.write(scan, &tables, PROPOSE_BOOKS)?;
    let mut layers = ranked(tables[..2].iter().map(|(table, _)| table));
    layers.extend(buildings_among(&layers, &tables));
    to.write_city(scan, &layers, &mut files)?;
    counts.wish.insert("group", wish.grouping.name().to_owned());
    counts
        .wish
        .insert("group_size", wish.most_parcels.to_string());
    let shown = none
        .as_ref()
        .map_or(Vec::new(), |judged| shown(scan, judged, to.printed));
    Ok((files, counts, shown))
}

/// The subject of findings on named parcels of which no merge is proposed.
const NAMED: &str = "named-parcels";

/// What the rules say of named parcels of which no merge is proposed.
fn together(scan: &Scan, parcels: &[u32]) -> Option<Judgement> {
    let options = &scan.measured.options;
    let facts = merge_facts(scan.known(), parcels);
    let case = Case {
        facts: &facts,
        pack: &options.policy,
        choices: &options.readings,
        as_of: options.as_of,
    };
    judge(&case, "merge", None).ok()
}

/// What the rules say of them, to be printed.
fn shown(scan: &Scan, judged: &Judgement, language: Language) -> Vec<String> {
    let options = &scan.measured.options;
    let line = |finding: &Finding| {
        let rule = options.policy.rule(&finding.rule, options.as_of);
        let name = rule.map_or("", |rule| language.of(&rule.zh, &rule.en));
        let missing: Vec<String> = (finding.missing.iter())
            .map(|name| measure_text(name, language))
            .collect();
        let id = &finding.rule;
        let verdict = verdict_called(finding.verdict.name(), language);
        match (language, missing.as_slice()) {
            (Language::Zh, []) => format!("  {name}（{id}）：{verdict}"),
            (Language::Zh, missing) => {
                format!("  {name}（{id}）：{verdict}，缺少{}", missing.join("、"))
            }
            (Language::En, []) => format!("  {id} ({name}): {verdict}"),
            (Language::En, missing) => {
                format!("  {id} ({name}): {verdict}, missing {}", missing.join(", "))
            }
        }
    };
    let head = "no merge holds all the parcels named; together they are judged (findings.csv, `named-parcels`):";
    std::iter::once(language.message(head).into_owned())
        .chain(judged.findings.iter().map(line))
        .collect()
}
