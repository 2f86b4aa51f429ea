//! What splits are wished for on the command line, and what is printed of those that were found.

use super::propose_arguments::ProposeArguments;
use crate::features::split::{ListedSplits, SplitProposal, SplitWish, least_lot_m2};
use crate::quantity::{Area, Exact};
use crate::run::Scan;
use crate::write::{Language, verdict_called};

/// Of more parcels than this nothing is printed one by one.
const MOST_PRINTED: usize = 10;

/// The wish of the command line; what it leaves open is the policy's.
pub(super) fn split_wish(scan: &Scan, arguments: &ProposeArguments) -> Result<SplitWish, String> {
    let split = &arguments.split;
    let length = |name: &str, metres: f64| {
        if (0.0..=1000.0).contains(&metres) {
            Ok(metres)
        } else {
            Err(format!(
                "`--{name} {metres}` must lie between 0 and 1000 metres"
            ))
        }
    };
    let areas_m2: Option<Vec<Exact>> = match &split.areas {
        None => None,
        Some(list) => Some(
            list.split([',', '，'])
                .map(|mu| land("areas", mu))
                .collect::<Result<_, _>>()?,
        ),
    };
    if let Some(areas) = areas_m2
        .as_ref()
        .filter(|areas| !(2..=6).contains(&areas.len()))
    {
        return Err(format!(
            "`--areas` names {} areas; name 2 to 6, as `12,10,15`",
            areas.len()
        ));
    }
    if let (Some(areas), Some(lots)) = (&areas_m2, split.lots)
        && areas.len() != usize::from(lots)
    {
        return Err(format!(
            "`--lots {lots}` and `--areas` with {} areas contradict each other; leave out `--lots`",
            areas.len()
        ));
    }
    let least_m2 = match &split.min_mu {
        Some(mu) => land("min-mu", mu)?,
        None => least_lot_m2(scan.known()).unwrap_or(Exact::ZERO),
    };
    if let Some(least) = areas_m2.iter().flatten().find(|area| **area < least_m2) {
        let m2 = |area: Exact| {
            area.decimal(2)
                .map_or_else(|| area.to_string(), |area| area.to_string())
        };
        return Err(format!(
            "`--areas`: a lot of {} m² is smaller than the least that a lot may have, {} m² (the bound of the policy, or `--min-mu`)",
            m2(*least),
            m2(least_m2)
        ));
    }
    Ok(SplitWish {
        lots: areas_m2
            .as_ref()
            .map_or(split.lots.map_or(2, usize::from), Vec::len),
        least_m2,
        areas_m2,
        wall_m: length("wall-distance", split.wall_distance)?,
        access_m: length("access", split.access)?,
        bends: usize::from(split.bends),
        ways: arguments.most.map_or(3, |most| most as usize),
    })
}

/// 亩 → m², exactly: 1 亩 is 2000/3 m².
fn land(option: &str, text: &str) -> Result<Exact, String> {
    let mu =
        Exact::parse(text.trim()).filter(|mu| *mu >= Exact::ZERO && *mu <= Exact::int(1_000_000));
    let m2 = mu.and_then(|mu| mu.times(Exact::fraction(2000, 3)?));
    m2.ok_or_else(|| {
        format!(
            "`--{option} {text}`: `{}` is no area in 亩; write it as 10 or 12.5",
            text.trim()
        )
    })
}

/// The ways of each parcel in a line, or what keeps it from being split.
pub(super) fn splits_shown(scan: &Scan, listed: &ListedSplits, language: Language) -> Vec<String> {
    if listed.parcels.len() > MOST_PRINTED {
        return Vec::new();
    }
    let mut lines = Vec::new();
    for of in &listed.parcels {
        let name = scan.measured.city.parcels.rows[of.parcel as usize].name();
        match &of.ways {
            Ok(ways) => lines.extend(ways.iter().map(|way| {
                format!(
                    "{name} #{}{}{}",
                    way.rank,
                    language.of("：", ": "),
                    shown(way, language)
                )
            })),
            Err(why) => {
                let [zh, en] = why.texts(&scan.measured.options.policy);
                lines.push(match language {
                    Language::Zh => format!("{name}：不能分割：{zh}"),
                    Language::En => format!("{name}: {} – {en}", why.condition()),
                });
            }
        }
    }
    lines
}

fn shown(way: &SplitProposal, language: Language) -> String {
    let areas: Vec<String> = way
        .split
        .lots
        .iter()
        .map(|lot| {
            lot.area
                .map_or("?".to_owned(), |area: Area| match language {
                    Language::Zh => format!("{} m²（{} 亩）", area.decimal(), area.mu()),
                    Language::En => format!("{} m² ({} mu)", area.decimal(), area.mu()),
                })
        })
        .collect();
    let (areas, score) = (areas.join(" + "), way.scores.total);
    let verdict = verdict_called(way.judgement.verdict.name(), language);
    match language {
        Language::Zh => format!("{areas}；得分 {score:.3}，{verdict}"),
        Language::En => format!("{areas}; score {score:.3}, verdict {verdict}"),
    }
}
