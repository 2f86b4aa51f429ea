//! Command lines that show how a command is used.

/// The examples of a command, by the words that name it.
pub(super) fn examples(path: &str) -> Option<&'static [&'static str]> {
    let found = EXAMPLES.iter().find(|(name, _)| *name == path);
    found.map(|(_, lines)| *lines)
}

const EXAMPLES: &[(&str, &[&str])] = &[
    (
        "",
        &[
            "plotratio try first-look",
            "plotratio inspect --parcels zd.shp --buildings zrz.shp --write-city city.toml",
            "plotratio scan city.toml -o results -f gpkg,xlsx,html",
        ],
    ),
    (
        "scan",
        &[
            "plotratio scan city.toml -o results -f gpkg,xlsx,html",
            "plotratio scan --parcels zd.shp --buildings zrz.shp --map parcels.id=PID -o results",
            "plotratio scan city.toml -o results --as-of 2022-06-01 --reading building_assignment=key",
        ],
    ),
    (
        "ingest",
        &[
            "plotratio ingest city.toml -o lake",
            "plotratio ingest city.toml -o lake --overwrite",
            "plotratio ingest --parcels zd.shp --buildings zrz.shp -o lake",
        ],
    ),
    (
        "partition",
        &[
            "plotratio partition lake --parcels 250000 -o plan.parquet",
            "plotratio scan lake --part plan.parquet:0 -o parts",
            "plotratio partition --reopen parts -o plan-2.parquet",
        ],
    ),
    (
        "gather",
        &[
            "plotratio gather parts -o results",
            "plotratio gather parts -o results -f gpkg,xlsx,html --overwrite",
            "plotratio gather parts -o results --lake /mnt/lake",
        ],
    ),
    (
        "propose",
        &[
            "plotratio propose split city.toml --parcel 331002000001GB00003 -o split --lots 3",
            "plotratio propose merge city.toml --all -o merge -f xlsx,gpkg",
            "plotratio propose upgrade city.toml --all -o upgrade",
        ],
    ),
    (
        "compare",
        &[
            "plotratio compare results-2021 results-2022 -o changes",
            "plotratio compare results-2021 results-2022 -o changes -f gpkg,xlsx",
            "plotratio compare results-2021 results-2022 -o changes --json",
        ],
    ),
    (
        "dossier",
        &[
            "plotratio dossier results --parcel 331002000001GB00003 -o dossier",
            "plotratio dossier results --where \"verdict = 'fail' AND area_m2 > 5000\" -o dossier",
            "plotratio dossier results --parcel 台州甲机械有限公司 -o dossier",
        ],
    ),
    (
        "check",
        &[
            "plotratio check upgrade.toml",
            "plotratio check upgrade.toml --city city.toml --as-of 2022-06-01",
            "plotratio check a.toml b.toml --json",
        ],
    ),
    (
        "inspect",
        &[
            "plotratio inspect city.gpkg:parcels",
            "plotratio inspect --parcels zd.shp --buildings zrz.shp --write-city city.toml",
            "plotratio inspect --contracts contracts.xlsx --json",
        ],
    ),
    (
        "rules",
        &[
            "plotratio rules list",
            "plotratio rules show scattered-land",
            "plotratio rules list --policy my-city.toml --json",
        ],
    ),
    (
        "rules list",
        &[
            "plotratio rules list",
            "plotratio rules list --as-of 2022-06-01",
            "plotratio rules list --policy my-city.toml --json",
        ],
    ),
    (
        "rules show",
        &[
            "plotratio rules show scattered-land",
            "plotratio rules show split-lot-area --lang zh",
            "plotratio rules show idle-land --json",
        ],
    ),
    (
        "rules new",
        &[
            "plotratio rules new my-city.toml",
            "plotratio rules new my-city.toml --extends taizhou-2021",
            "plotratio rules new copy.toml --extends my-city.toml",
        ],
    ),
    (
        "rules check",
        &[
            "plotratio rules check my-city.toml",
            "plotratio rules check taizhou-2021",
            "plotratio rules check my-city.toml --json",
        ],
    ),
    (
        "survey",
        &[
            "plotratio survey dcdytb.shp dcqtb.shp -o survey.gdb",
            "plotratio survey survey.gpkg -o handed-in.gpkg --table units.csv",
            "plotratio survey dcdytb.shp -o survey.gpkg --encoding GB18030",
        ],
    ),
    (
        "synth",
        &[
            "plotratio synth -n 20000 -o city",
            "plotratio synth -n 100000 --industrial 0.3 -f parquet -o city",
            "plotratio synth --sample -o sample",
        ],
    ),
    (
        "try",
        &[
            "plotratio try first-look",
            "plotratio try first-look --overwrite",
            "plotratio try first-look --lang zh",
        ],
    ),
    (
        "completions",
        &[
            "plotratio completions bash > /etc/bash_completion.d/plotratio",
            "plotratio completions zsh",
            "plotratio completions powershell",
        ],
    ),
    (
        "man",
        &[
            "plotratio man",
            "plotratio man -o man1",
            "plotratio man | man -l -",
        ],
    ),
];
