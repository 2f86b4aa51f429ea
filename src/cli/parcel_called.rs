//! What a user calls a parcel by that is no id of one → the parcel that holds it, uses it or lies there, or what to choose from.

use crate::model::{About, KeyIndex, Meant, parcel_key};
use crate::run::Scan;
use crate::text::{called, meant};

/// So many are named in a message.
const MOST: usize = 10;

/// The position of the parcel whose holder, enterprise or address `text` is.
pub(super) fn parcel_called(city: &Scan, text: &str) -> Result<usize, String> {
    let parcels = &city.measured.city.parcels.rows;
    let said = (0..).zip(parcels).flat_map(|(at, parcel)| {
        let of = [About::Owner, About::Location];
        of.into_iter()
            .filter_map(move |about| Some((at, about.of(parcel)?)))
    });
    let enterprises = city
        .measured
        .city
        .enterprises
        .iter()
        .flat_map(|table| &table.rows);
    let used = enterprises.flat_map(|enterprise| {
        let name = enterprise.name.as_deref();
        let ids = enterprise.parcels.iter();
        ids.filter_map(move |id| Some((of_id(city, &city.measured.keys, id)?, name?)))
    });
    let found = called(text, said.chain(used));
    let describe = |at: &u32| {
        let parcel = &parcels[*at as usize];
        let more = [About::Owner, About::Location].map(|about| about.of(parcel));
        let more: Vec<&str> = more.into_iter().flatten().collect();
        format!("\n  {}  {}", parcel.name(), more.join("  "))
    };
    match found.len() {
        1 => Ok(found.first().map_or(0, |at| *at as usize)),
        0 => Err(format!(
            "the city has no parcel `{text}` that could be analysed, nor one with such a holder, enterprise or address{}",
            meant(text, parcels.iter().map(|parcel| parcel.id.as_str()))
        )),
        count => {
            let listed: String = found.iter().take(MOST).map(describe).collect();
            let rest = count.saturating_sub(MOST);
            Err(format!(
                "`{text}` may be {count} parcels; name one by its id:{listed}{}",
                if rest > 0 {
                    format!("\n  and {rest} more")
                } else {
                    String::new()
                }
            ))
        }
    }
}

fn of_id(city: &Scan, keys: &KeyIndex, id: &str) -> Option<u32> {
    let id_of = |at: u32| city.measured.city.parcels.rows[at as usize].id.as_str();
    match keys.meant(id, &parcel_key(id), id_of) {
        Meant::One(at) => Some(at),
        Meant::Several | Meant::Nothing => None,
    }
}
