//! The table of contracts and the parcels → which contract grants which parcel, and what all contracts of a parcel agree in.

use super::named::{NamedParcels, Naming, named_parcels};
use crate::model::{ContractTable, Defect, GrantContract, KeyIndex, Layer, LayerKind, Parcel};
use crate::quantity::Figure;

/// The contracts of a city, joined to its parcels.
#[derive(Clone, Debug, Default)]
pub struct Grants {
    /// Which contracts name which parcels.
    pub named: NamedParcels,
}

/// What is agreed of a parcel, where its contracts say so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// 以“标准地”供地: as every contract of the parcel says.
    pub standard_land: Option<bool>,
    /// 限制转让: where one contract does; none does where every one says so.
    pub transfer_restricted: Option<bool>,
}

/// Joins contracts to the parcels that they name, and says what could not be joined.
pub fn grants(
    (parcels, keys): (&Layer<Parcel>, &KeyIndex),
    table: &ContractTable,
) -> (Grants, Vec<Defect>) {
    let naming = table.rows.iter().map(|row| Naming {
        id: &row.id,
        row: row.row,
        parcels: &row.parcels,
    });
    let (named, defects) = named_parcels((parcels, keys), LayerKind::Contracts, naming);
    (Grants { named }, defects)
}

impl Grants {
    /// What the contracts of a parcel agree in; nothing where no contract names it.
    pub fn terms(&self, table: Option<&ContractTable>, parcel: u32) -> Terms {
        let rows = self.named.of_parcel.get(&parcel);
        let (Some(table), Some(rows)) = (table, rows) else {
            return Terms::default();
        };
        let contracts: Vec<&GrantContract> = rows
            .iter()
            .filter_map(|row| table.rows.get(*row as usize))
            .collect();
        let said = |name: &str| -> Vec<Option<bool>> {
            let of = |contract: &&GrantContract| match contract.facts.figure(name) {
                Some(Figure::Truth(truth)) => Some(*truth),
                _ => None,
            };
            contracts.iter().map(of).collect()
        };
        let standard = said("grant.standard_land");
        let restricted = said("grant.transfer_restricted");
        let every = |said: &[Option<bool>], truth| said.iter().all(|one| *one == Some(truth));
        Terms {
            standard_land: [true, false]
                .into_iter()
                .find(|truth| every(&standard, *truth)),
            transfer_restricted: if restricted.contains(&Some(true)) {
                Some(true)
            } else {
                every(&restricted, false).then_some(false)
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(rows: &[(Option<bool>, Option<bool>)]) -> Terms {
        let contract = |(standard, restricted): &(Option<bool>, Option<bool>)| {
            let mut contract = GrantContract::default();
            for (name, said) in [
                ("grant.standard_land", standard),
                ("grant.transfer_restricted", restricted),
            ] {
                if let Some(truth) = said {
                    contract.facts.set(name, Figure::Truth(*truth));
                }
            }
            contract
        };
        let table = ContractTable {
            rows: rows.iter().map(contract).collect(),
            ..ContractTable::default()
        };
        let mut grants = Grants::default();
        let all = (0..).zip(rows).map(|(row, _)| row).collect();
        grants.named.of_parcel.insert(0, all);
        grants.terms(Some(&table), 0)
    }

    #[test]
    fn one_contract_that_restricts_is_enough_and_none_that_is_silent_frees() {
        let (yes, no) = (Some(true), Some(false));
        assert_eq!(terms(&[(None, no), (None, yes)]).transfer_restricted, yes);
        assert_eq!(terms(&[(None, no), (None, no)]).transfer_restricted, no);
        assert_eq!(terms(&[(None, no), (None, None)]).transfer_restricted, None);
        assert_eq!(terms(&[(None, None)]), Terms::default());
    }

    #[test]
    fn land_is_standard_as_every_contract_says() {
        let (yes, no) = (Some(true), Some(false));
        assert_eq!(terms(&[(yes, None), (yes, None)]).standard_land, yes);
        assert_eq!(terms(&[(no, None)]).standard_land, no);
        assert_eq!(terms(&[(yes, None), (no, None)]).standard_land, None);
        assert_eq!(terms(&[(yes, None), (None, None)]).standard_land, None);
    }
}
