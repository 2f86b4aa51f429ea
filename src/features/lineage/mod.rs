//! The table of splits and merges and the shapes of earlier parcels → what each parcel came from, and what it is the product of.

mod answer;
mod circles;
mod compare;
mod family;
mod inherit;
mod origins;
#[cfg(test)]
mod tests;

use compact_str::CompactString;
use jiff::civil::Date;

use self::circles::circles;
use self::compare::contradictions;
use self::family::Family;
use self::inherit::inherited;
use crate::parcels::Relation;
pub use origins::{Origins, Parent, SameId, Today, origins};

use crate::model::{
    Action, City, Defect, DefectKind, LayerKind, LineageTable, Parcel, RecordedChange,
};

/// Where the parcels of a city come from; by their positions in the layer.
#[derive(Clone, Debug, Default)]
pub struct Lineage {
    /// What the shapes of earlier parcels show, where they were given.
    pub shapes: Option<Origins>,
    /// What the table says of each parcel, where one was given; `None` for a parcel that it does not name as one that came
    /// to be.
    pub recorded: Option<Vec<Option<Box<Recorded>>>>,
    /// What each parcel is the product of.
    pub products: Vec<Product>,
}

/// What the table says of a parcel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// How it came to be; `None` where that is not told.
    pub relation: Option<Relation>,
    /// What it came from, by id; its own id where it kept that.
    pub parents: Vec<CompactString>,
    /// The kinds of changes that are recorded, each once.
    pub changes: Vec<RecordedChange>,
    /// Their days, each once, rising.
    pub dates: Vec<Date>,
}

/// Whether a parcel is the product of a split (分割), and of a merge (合并), its own or one of a parcel that it came from
/// and that is no longer there; `None` where that is unknown.
///
/// Shapes can only say that it is: what they do not show may have happened before. That it is not is said by the table,
/// which is taken as complete.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Product {
    /// Of a split.
    pub of_split: Option<bool>,
    /// Of a merge.
    pub of_merge: Option<bool>,
}

/// What a relation rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The table names the parcel.
    Table,
    /// The shapes of earlier parcels were compared.
    Geometry,
    /// Both.
    Both,
}

impl Basis {
    /// The word in results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Geometry => "geometry",
            Self::Both => "both",
        }
    }
}

impl Lineage {
    /// What the table says of a parcel.
    pub fn recorded(&self, at: u32) -> Option<&Recorded> {
        self.recorded.as_ref()?[at as usize].as_deref()
    }

    /// How a parcel came to be: as its shape shows, where earlier parcels were given, else as the table says.
    pub fn relation(&self, at: u32) -> Option<Relation> {
        match &self.shapes {
            Some(shapes) => shapes.relations[at as usize],
            None => self.recorded(at)?.relation,
        }
    }

    /// What is known of a parcel, and from where; `None` where nothing is.
    pub fn basis(&self, at: u32) -> Option<Basis> {
        match (&self.shapes, self.recorded(at)) {
            (None, None) => None,
            (None, Some(_)) => Some(Basis::Table),
            (Some(_), None) => Some(Basis::Geometry),
            (Some(_), Some(_)) => Some(Basis::Both),
        }
    }
}

/// Joins the table of a city, and what the shapes of its earlier parcels show, to its parcels; with it comes all that does
/// not fit together, and what a reader must know. `None` where neither was given. A change of a later day than the one of
/// judging forbids nothing yet: what the parcel was the product of then is unknown.
pub fn lineage(
    city: &City,
    shapes: Option<Origins>,
    as_of: Date,
) -> Option<(Lineage, Vec<Defect>, Vec<String>)> {
    let parcels = &city.parcels.rows;
    let by_shape = |shapes: Option<&Origins>| -> Vec<Product> {
        let seen = |at: usize, relation| {
            let found = shapes.and_then(|shapes| shapes.relations[at]);
            (found == Some(relation)).then_some(true)
        };
        let product = |at| Product {
            of_split: seen(at, Relation::Split),
            of_merge: seen(at, Relation::Merged),
        };
        (0..parcels.len()).map(product).collect()
    };
    let Some(table) = &city.lineage else {
        let products = by_shape(shapes.as_ref());
        let lineage = Lineage {
            shapes: Some(shapes?),
            recorded: None,
            products,
        };
        return Some((lineage, Vec::new(), Vec::new()));
    };
    let links = shapes
        .as_ref()
        .map_or_else(Vec::new, |shapes| links(city, shapes));
    let there = parcels.iter().map(Parcel::key);
    let family = Family::of(table, &links, there.filter(|id| !id.is_empty()));
    let circles = circles(&family);
    let answers = inherited(&family, &circles);
    let place = |at: usize| family.place(parcels[at].key());
    let told: Vec<Product> = (0..parcels.len())
        .map(|at| match place(at) {
            Some(place) if family.came_later(place, as_of) => Product::default(),
            Some(place) => Product {
                of_split: answers[place as usize].split.known(),
                of_merge: answers[place as usize].merge.known(),
            },
            // a parcel without an id cannot be named
            None if parcels[at].id.is_empty() => Product::default(),
            None => Product {
                of_split: Some(false),
                of_merge: Some(false),
            },
        })
        .collect();
    let recorded = (0..parcels.len()).map(|at| place(at).and_then(|at| of_table(&family, at)));
    let recorded: Vec<_> = recorded.collect();
    let mut defects = table_defects(&family, &circles);
    if let Some(shapes) = &shapes {
        defects.extend(contradictions(city, shapes, &family, &told));
    }
    let either = |told: &Product, shown: &Product| Product {
        of_split: shown.of_split.or(told.of_split),
        of_merge: shown.of_merge.or(told.of_merge),
    };
    let shown = by_shape(shapes.as_ref());
    let products: Vec<Product> = told
        .iter()
        .zip(&shown)
        .map(|(told, shown)| either(told, shown))
        .collect();
    let is_named = |at: usize| place(at).is_some_and(|place| family.member(place).is_named());
    let never = Product {
        of_split: Some(false),
        of_merge: Some(false),
    };
    let unnamed = (0..parcels.len())
        .filter(|at| products[*at] == never && !is_named(*at))
        .count();
    let notes = notes(table, &family, unnamed);
    let lineage = Lineage {
        shapes,
        recorded: Some(recorded),
        products,
    };
    Some((lineage, defects, notes))
}

/// Parcels and the earlier parcels that they lie on, where their ids differ.
fn links<'a>(city: &'a City, shapes: &Origins) -> Vec<(&'a str, &'a str)> {
    let Some(before) = &city.before else {
        return Vec::new();
    };
    let of_parcel = |(at, parcel): (u32, &'a Parcel)| {
        let parents = shapes.parents(at).iter();
        let ids = parents.map(|parent| before.rows[parent.former as usize].key());
        let child = parcel.key();
        ids.filter(move |id| !id.is_empty() && !child.is_empty() && *id != child)
            .map(move |id| (child, id))
    };
    (0..).zip(&city.parcels.rows).flat_map(of_parcel).collect()
}

fn of_table(family: &Family<'_>, at: u32) -> Option<Box<Recorded>> {
    let member = family.member(at);
    let parents = member.parents.iter();
    member.is_told.then(|| {
        Box::new(Recorded {
            relation: family.relation(at),
            parents: parents.map(|at| family.name(*at).into()).collect(),
            changes: member.changes.clone(),
            dates: member.dates.clone(),
        })
    })
}

/// What the table says that cannot be.
fn table_defects(family: &Family<'_>, circles: &[Vec<u32>]) -> Vec<Defect> {
    let defect = |at: u32, kind, detail| Defect {
        layer: LayerKind::Lineage,
        feature: family.name(at).to_owned(),
        kind,
        action: Action::Noted,
        detail,
        at: None,
    };
    let circles = circles.iter().map(|circle| {
        let detail = format!(
            "the parcels {} all came from each other; nothing is handed on among them for certain",
            listed(circle.iter().map(|at| family.name(*at)))
        );
        defect(circle[0], DefectKind::LineageCircle, detail)
    });
    let still_there = family
        .members()
        .filter(|(_, member)| member.is_there && !member.is_told && member.is_named());
    let still_there = still_there.map(|(at, member)| {
        let children = listed(member.children.iter().map(|at| family.name(*at)));
        let children = Some(children).filter(|children| !children.is_empty());
        let detail = format!(
            "{} came from it and it is still there, but the table does not say what became of it: whether it was split is \
             unknown (give it a row with itself as its parent)",
            children.as_deref().unwrap_or("a parcel without an id")
        );
        defect(at, DefectKind::ParentStillThere, detail)
    });
    circles.chain(still_there).collect()
}

fn notes(table: &LineageTable, family: &Family<'_>, unnamed: usize) -> Vec<String> {
    let mut notes = vec![format!(
        "lineage: taken as complete: {unnamed} parcels that it does not name are taken as never split nor merged"
    )];
    let history = family
        .members()
        .filter(|(_, member)| !member.is_there && member.is_named())
        .count();
    if history > 0 {
        notes.push(format!(
            "lineage: {history} parcels that it names are not among the parcels; they are history"
        ));
    }
    if table.rows.is_empty() {
        notes.push("lineage: no row could be used".to_owned());
    }
    notes
}

/// Some of many, by commas.
fn listed<'a>(ids: impl ExactSizeIterator<Item = &'a str>) -> String {
    let more = if ids.len() > 5 { ", …" } else { "" };
    let first: Vec<&str> = ids.take(5).collect();
    format!("{}{more}", first.join(", "))
}
