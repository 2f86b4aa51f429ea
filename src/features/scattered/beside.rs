//! A shape among parcels → what lies along its boundary, and the industrial sites that it borders.

use super::{Across, Link, Search, Sides, Thresholds};
use crate::geometry::{
    Bounds, Contact, ContactKind, Reach, Scratch, ShapeRef, Side, common_area, contact,
    nearest_place, plane_area, walk,
};
use crate::model::{Layer, Obstacle};
use crate::parcels::{Indexed, Order};

/// What pieces lie among.
pub(super) struct Scene<'a> {
    pub(super) parcels: &'a Indexed<'a>,
    pub(super) order: &'a Order,
    /// Whether each parcel is an industrial site that is in use.
    pub(super) is_site: &'a [bool],
    pub(super) obstacles: Option<(&'a Layer<Obstacle>, Indexed<'a>)>,
    /// The known candidates.
    pub(super) given: Option<Indexed<'a>>,
    pub(super) thresholds: Thresholds,
    /// Boundaries nearer than this are one, in m.
    pub(super) tolerance_m: f64,
    /// One unit of the CRS.
    pub(super) metres: f64,
}

/// What lies beside a shape.
pub(super) struct Beside {
    pub(super) sides: Sides,
    pub(super) links: Vec<Link>,
    /// Parcels along it, in order.
    pub(super) neighbours: Vec<u32>,
    /// Parcels that it overlaps, in order, with the common area in m².
    pub(super) overlaps: Vec<(u32, f64)>,
}

/// Stretches that come to no more than so many tolerances are what the tolerance makes of a corner.
const CORNER: f64 = 3.0;

/// Longer than so many tolerances no pointed corner is within one: its walls would be parallel.
const POINTED: f64 = 200.0;

/// What lies on the lattice of the residual is never farther than this, in m, from where it was drawn.
const LATTICE_M: f64 = 1e-5;

impl<'a> Scene<'a> {
    /// The scene of a search.
    pub(super) fn of(search: &Search<'a>) -> Self {
        let city = search.city;
        let (obstacles, given) = (city.obstacles.as_ref(), city.scattered.as_ref());
        Self {
            parcels: search.parcels,
            order: search.order,
            is_site: search.is_site,
            obstacles: obstacles.map(|layer| (layer, Indexed::of(&layer.shapes))),
            given: given.map(|layer| Indexed::of(&layer.shapes)),
            thresholds: search.thresholds,
            tolerance_m: search.tolerance_m,
            metres: city.crs.metres().unwrap_or(f64::NAN),
        }
    }
}

impl Scene<'_> {
    /// Looks round a shape; `own` is the parcel that it is, and `drawn` whether a layer has it as it is: what is left over
    /// lies on the lattice of the residual, a micrometre beside the lines of the layers.
    pub(super) fn beside(
        &self,
        shape: Side<'_>,
        own: Option<u32>,
        drawn: bool,
        scratch: &mut Scratch,
    ) -> Beside {
        let least = if drawn { 0.0 } else { LATTICE_M };
        let tolerance = self.tolerance_m.max(least) / self.metres;
        let across = self.thresholds.adjacency_gap_m / self.metres;
        let window = shape.1.bounds().grown(tolerance.max(across));
        let mut near: Vec<u32> = self.parcels.boxes.meeting(window).collect();
        near.retain(|parcel| Some(*parcel) != own);
        near.sort_unstable_by_key(|parcel| self.order.place[*parcel as usize]);
        let around: Vec<(u32, Side<'_>)> = near
            .iter()
            .map(|parcel| (*parcel, self.parcels.side(*parcel as usize)))
            .collect();
        let walk = walk(shape, &around, tolerance);
        let lengths = walk.lengths();
        let neighbours = near
            .iter()
            .copied()
            .filter(|parcel| {
                lengths
                    .get(&Some(*parcel))
                    .is_some_and(|length| *length > 0.0)
            })
            .collect();
        let (mut links, mut overlaps) = (Vec::new(), Vec::new());
        let reach = Reach {
            tolerance,
            gap: across,
        };
        for (parcel, side) in around {
            let Some(contact) = contact(shape, side, reach, scratch) else {
                continue;
            };
            if contact.kind == ContactKind::Overlap {
                overlaps.push((parcel, contact.overlap * self.metres * self.metres));
            }
            if self.is_site[parcel as usize] {
                links.extend(self.link(shape, (parcel, side), &contact, scratch));
            }
        }
        Beside {
            sides: Sides::of(&walk, |parcel| self.is_site[parcel as usize]),
            links,
            neighbours,
            overlaps,
        }
    }

    /// The link to a site; `None` where they touch in a point only, or nothing with a name lies between.
    fn link(
        &self,
        shape: Side<'_>,
        (parcel, site): (u32, Side<'_>),
        contact: &Contact,
        scratch: &mut Scratch,
    ) -> Option<Link> {
        let shared_m = contact.shared * self.metres;
        let is_edge = match contact.kind {
            ContactKind::Edge => true,
            ContactKind::Overlap => shared_m > CORNER * self.tolerance_m,
            ContactKind::Point | ContactKind::Gap => false,
        };
        if is_edge
            && shared_m > self.thresholds.min_shared_edge_m
            && !self.is_corner(shape, site, contact, scratch)
        {
            return Some(Link {
                parcel,
                shared_m,
                across: None,
            });
        }
        if contact.kind != ContactKind::Gap {
            return None;
        }
        Some(Link {
            parcel,
            shared_m: 0.0,
            across: Some(Across {
                gap_m: contact.gap * self.metres,
                obstacle: self.between(shape, site)?,
            }),
        })
    }

    /// Whether what is shared is only what the tolerance makes of a pointed corner: it grows with the tolerance, as no
    /// stretch of boundary does.
    fn is_corner(
        &self,
        piece: Side<'_>,
        site: Side<'_>,
        found: &Contact,
        scratch: &mut Scratch,
    ) -> bool {
        let tolerance = self.tolerance_m / self.metres;
        if found.shared > POINTED * tolerance {
            return false;
        }
        let twice = Reach {
            tolerance: 2.0 * tolerance,
            gap: 0.0,
        };
        contact(piece, site, twice, scratch).is_some_and(|wider| wider.shared > 1.5 * found.shared)
    }

    /// The obstacle that covers most of a shape.
    pub(super) fn obstacle_under(&self, shape: ShapeRef<'_>) -> Option<u32> {
        let (_, indexed) = self.obstacles.as_ref()?;
        let half = plane_area(shape) / 2.0;
        let near = indexed.boxes.meeting(shape.bounds());
        near.filter(|at| common_area(shape, indexed.shapes.get(*at as usize)) > half)
            .min()
    }

    /// The first obstacle with a name or kind that lies where piece and site come nearest to each other.
    fn between(&self, piece: Side<'_>, site: Side<'_>) -> Option<u32> {
        let (layer, indexed) = self.obstacles.as_ref()?;
        let reach = self.thresholds.adjacency_gap_m / self.metres;
        let place = nearest_place(piece, site, reach)?;
        let near = indexed.boxes.meeting(Bounds::of(&[place]));
        let lies_there = |at: &u32| {
            let row = &layer.rows[*at as usize];
            let (shape, edges) = indexed.side(*at as usize);
            let is_named = row.kind.is_some() || row.name.is_some();
            is_named && edges.winding(shape, place).is_some_and(|turns| turns > 0)
        };
        near.filter(lies_there)
            .min_by_key(|at| (&layer.rows[*at as usize].id, *at))
    }
}
