//! The rows of a table of splits and merges → every parcel named, its parents and children, and what is said of itself.

use jiff::civil::Date;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::answer::{Answer, Answers};
use crate::model::{LineageRow, LineageTable, RecordedChange, parcel_part};
use crate::parcels::Relation;

/// All parcels that a table names, or that shapes link, in the order of their ids.
pub(super) struct Family<'a> {
    names: Vec<&'a str>,
    places: FxHashMap<&'a str, u32>,
    members: Vec<Member>,
}

/// A parcel of any time; others by their places, rising, each once.
#[derive(Clone, Debug, Default)]
pub(super) struct Member {
    /// Those it came from, as the table says; itself where it kept its id.
    pub(super) parents: Vec<u32>,
    /// Those that came from it, as the table says.
    pub(super) children: Vec<u32>,
    /// Those that came from it, as table or shapes say, without itself.
    pub(super) heirs: Vec<u32>,
    /// The kinds of the changes it came from.
    pub(super) changes: Vec<RecordedChange>,
    /// The days of those changes.
    pub(super) dates: Vec<Date>,
    /// Whether the table says what it came from.
    pub(super) is_told: bool,
    /// Whether something came from it of which the table does not say what.
    pub(super) is_open: bool,
    /// Whether there is a parcel of that id today.
    pub(super) is_there: bool,
}

impl Member {
    /// Whether the table names it at all.
    pub(super) fn is_named(&self) -> bool {
        self.is_told || self.is_open || !self.children.is_empty()
    }
}

impl<'a> Family<'a> {
    /// Takes a table, pairs of child and parent that shapes show, and the ids of the parcels of today.
    pub(super) fn of(
        table: &'a LineageTable,
        links: &[(&'a str, &'a str)],
        there: impl Iterator<Item = &'a str>,
    ) -> Self {
        let of_rows = table.rows.iter().flat_map(|row| {
            let parents = row.parents.iter().map(|id| parcel_part(id));
            parents.chain([parcel_part(&row.parcel_id)])
        });
        let of_links = links.iter().flat_map(|(child, parent)| [*child, *parent]);
        let open = table.open.iter().map(|id| parcel_part(id));
        let mut names: Vec<&str> = of_rows.chain(of_links).chain(open.clone()).collect();
        names.sort_unstable();
        names.dedup();
        let mut places = FxHashMap::with_capacity_and_hasher(names.len(), FxBuildHasher);
        places.extend(names.iter().copied().zip(0..));
        let mut family = Self {
            members: vec![Member::default(); names.len()],
            names,
            places,
        };
        for row in &table.rows {
            family.take(row);
        }
        for id in open {
            if let Some(at) = family.place(id) {
                family.members[at as usize].is_open = true;
            }
        }
        for (child, parent) in links {
            if let (Some(child), Some(parent)) = (family.place(child), family.place(parent)) {
                family.members[parent as usize].heirs.push(child);
            }
        }
        for id in there {
            if let Some(at) = family.place(id) {
                family.members[at as usize].is_there = true;
            }
        }
        for (at, member) in (0..).zip(&mut family.members) {
            member.heirs.extend(&member.children);
            member.heirs.retain(|heir| *heir != at);
            let lists = [&mut member.parents, &mut member.children, &mut member.heirs];
            for list in lists {
                list.sort_unstable();
                list.dedup();
            }
            member.changes.sort_unstable();
            member.changes.dedup();
            member.dates.sort_unstable();
            member.dates.dedup();
        }
        family
    }

    fn take(&mut self, row: &LineageRow) {
        let Some(child) = self.place(parcel_part(&row.parcel_id)) else {
            return;
        };
        let parents = row.parents.iter();
        let parents: Vec<u32> = parents
            .filter_map(|id| self.place(parcel_part(id)))
            .collect();
        for parent in &parents {
            self.members[*parent as usize].children.push(child);
        }
        let member = &mut self.members[child as usize];
        member.is_told = true;
        member.parents.extend(parents);
        member.changes.push(row.change);
        member.dates.extend(row.date);
    }

    /// How many parcels are named.
    pub(super) fn len(&self) -> usize {
        self.members.len()
    }

    /// The place of a parcel.
    pub(super) fn place(&self, id: &str) -> Option<u32> {
        self.places.get(id).copied()
    }

    /// The id of the parcel at a place.
    pub(super) fn name(&self, at: u32) -> &'a str {
        self.names[at as usize]
    }

    /// The parcel at a place.
    pub(super) fn member(&self, at: u32) -> &Member {
        &self.members[at as usize]
    }

    /// All parcels with their places.
    pub(super) fn members(&self) -> impl Iterator<Item = (u32, &Member)> {
        (0..).zip(&self.members)
    }

    /// Whether a parcel, or one that it came from, came to be on a day after another.
    pub(super) fn came_later(&self, at: u32, than: Date) -> bool {
        let (mut seen, mut open) = (vec![at], vec![at]);
        while let Some(at) = open.pop() {
            let member = self.member(at);
            if member.dates.last().is_some_and(|last| *last > than) {
                return true;
            }
            for parent in &member.parents {
                if !seen.contains(parent) {
                    seen.push(*parent);
                    open.push(*parent);
                }
            }
        }
        false
    }

    /// Whether the last change of a parcel was a split, and whether it was a merge: as recorded, else as the numbers of
    /// parents and children show. A parcel of which the table, which is complete, says nothing has had no change.
    pub(super) fn own(&self, at: u32) -> Answers {
        let member = self.member(at);
        if !member.is_told {
            // others came from it, it is still there, and nobody says what became of it
            let gave = member.is_there && member.is_named();
            return if gave { Answers::UNKNOWN } else { Answers::NO };
        }
        let said = |kind: fn(RecordedChange) -> bool| member.changes.iter().any(|one| kind(*one));
        let known = |is_no: bool| if is_no { Answer::No } else { Answer::Unknown };
        match (
            said(RecordedChange::is_split),
            said(RecordedChange::is_merge),
        ) {
            (true, true) => Answers::YES,
            (true, false) => Answers {
                split: Answer::Yes,
                merge: known(member.parents.len() < 2),
            },
            (false, true) => Answers {
                split: known(self.takes_all(at)),
                merge: Answer::Yes,
            },
            (false, false) => {
                let shown = self.by_numbers(at);
                let is_open = member.changes.contains(&RecordedChange::Unreadable);
                // a change that is said to be neither, and by its numbers is one, may be either
                let is_other = member.changes == [RecordedChange::Other] && shown != Answers::NO;
                match (is_open, is_other) {
                    (_, true) => Answers::UNKNOWN,
                    (true, _) => shown.max(Answers::UNKNOWN),
                    _ => shown,
                }
            }
        }
    }

    fn by_numbers(&self, at: u32) -> Answers {
        match *self.member(at).parents.as_slice() {
            [] => Answers::NO,
            [parent] if self.member(parent).children.len() > 1 => Answers {
                split: Answer::Yes,
                merge: Answer::No,
            },
            [_] if self.takes_all(at) => Answers::NO,
            [_, _, ..] if self.takes_all(at) => Answers {
                split: Answer::No,
                merge: Answer::Yes,
            },
            _ => Answers::UNKNOWN,
        }
    }

    /// Whether nothing is left of its parents but this parcel.
    fn takes_all(&self, at: u32) -> bool {
        let mut parents = self.member(at).parents.iter();
        parents.all(|&parent| {
            let of = self.member(parent);
            of.children.len() == 1 && !of.is_open && (parent == at || !of.is_there)
        })
    }

    /// How a parcel came to be by the table alone; `None` where it does not tell.
    pub(super) fn relation(&self, at: u32) -> Option<Relation> {
        let member = self.member(at);
        let own = self.own(at);
        Some(match (own.split, own.merge) {
            _ if !member.is_told => return None,
            (Answer::Yes, Answer::Yes) => Relation::Reshaped,
            (Answer::Yes, _) => Relation::Split,
            (_, Answer::Yes) => Relation::Merged,
            (Answer::No, Answer::No) => match *member.parents.as_slice() {
                [parent] if parent == at => Relation::Same,
                [_] => Relation::Renumbered,
                _ => return None,
            },
            _ if member.parents.len() > 1 => Relation::Reshaped,
            _ => return None,
        })
    }
}
