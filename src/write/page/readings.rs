//! A reading and the choice made → what it is about, and what the choice means, as a reader calls them.

use crate::law::pack::Pack;
use crate::write::Language;

/// What this program itself leaves to be chosen: its name, what it is about, its choices and what they mean.
type Own = (
    &'static str,
    [&'static str; 2],
    &'static [(&'static str, [&'static str; 2])],
);

const OWN: [Own; 1] = [(
    "building_assignment",
    [
        "跨宗地界线的建筑计入哪一宗",
        "to which parcel a building over a line counts",
    ],
    &[
        ("split", ["各宗计其界内部分", "to each by its part"]),
        (
            "key",
            [
                "计入建筑所写的宗地",
                "to the parcel that the building names",
            ],
        ),
        (
            "largest",
            [
                "计入所占部分最大的一宗",
                "to the parcel that holds the largest part",
            ],
        ),
    ],
)];

/// What a reading is about; its name where nobody says.
pub(in crate::write) fn reading_called<'a>(
    pack: Option<&'a Pack>,
    name: &'a str,
    language: Language,
) -> &'a str {
    let own = OWN.iter().find(|(own, ..)| *own == name);
    let own = own.map(|(_, [zh, en], _)| language.of(zh, en));
    let of_pack = pack.and_then(|pack| pack.reading(name));
    let of_pack = of_pack.map(|reading| language.of(&reading.zh, &reading.en));
    let called = of_pack.filter(|text| !text.is_empty()).or(own);
    called.unwrap_or(name)
}

/// What a choice means; nothing where nobody says.
pub(in crate::write) fn choice_called<'a>(
    pack: Option<&'a Pack>,
    (name, choice): (&str, &str),
    language: Language,
) -> Option<&'a str> {
    let own = OWN.iter().find(|(own, ..)| *own == name);
    let own = own.and_then(|(.., choices)| choices.iter().find(|(own, _)| *own == choice));
    let of_pack = pack.and_then(|pack| {
        let meaning = pack.reading(name)?.meanings.get(choice)?;
        Some(language.of_pack(pack, meaning))
    });
    of_pack.or_else(|| own.map(|(_, [zh, en])| language.of(zh, en)))
}
