//! Caps and pieces → the groups that hang together by links that a cap allows, each numbered from 0 in the same order.

use super::LandPiece;

/// Pieces and sites that hang together, with numbers of their own that keep the order of the whole.
pub(super) struct Group {
    /// The numbers of its pieces in the whole, ascending.
    pub pieces: Vec<usize>,
    /// The numbers of its sites in the whole, ascending.
    pub sites: Vec<usize>,
    /// The land of each piece.
    pub areas: Vec<u64>,
    /// The cap of each site.
    pub caps: Vec<u64>,
    /// The sites that may take each piece, ascending; at least one.
    pub links: Vec<Vec<u32>>,
}

/// Splits; by the first piece of each group.
pub(super) fn split(caps: &[u64], pieces: &[LandPiece]) -> Vec<Group> {
    let may = |piece: &LandPiece| {
        let area = piece.area;
        let sites = piece.borders.iter().copied();
        sites
            .filter(move |site| area <= caps[*site])
            .collect::<Vec<_>>()
    };
    let mut root: Vec<usize> = (0..caps.len()).collect();
    for piece in pieces {
        let sites = may(piece);
        for pair in sites.windows(2) {
            let (a, b) = (find(&mut root, pair[0]), find(&mut root, pair[1]));
            root[a.max(b)] = a.min(b);
        }
    }
    let mut group_of_root = vec![usize::MAX; caps.len()];
    let mut groups: Vec<Group> = Vec::new();
    let mut held = vec![false; caps.len()];
    let mut links: Vec<Vec<Vec<usize>>> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let sites = may(piece);
        let Some(first) = sites.first() else { continue };
        let group = &mut group_of_root[find(&mut root, *first)];
        if *group == usize::MAX {
            *group = groups.len();
            links.push(Vec::new());
            groups.push(Group {
                pieces: Vec::new(),
                sites: Vec::new(),
                areas: Vec::new(),
                caps: Vec::new(),
                links: Vec::new(),
            });
        }
        let of = &mut groups[*group];
        of.pieces.push(at);
        of.areas.push(piece.area);
        for site in &sites {
            if !std::mem::replace(&mut held[*site], true) {
                of.sites.push(*site);
            }
        }
        links[*group].push(sites);
    }
    let mut place = vec![0_u32; caps.len()];
    for (group, links) in groups.iter_mut().zip(links) {
        group.sites.sort_unstable();
        for (number, site) in (0_u32..).zip(&group.sites) {
            place[*site] = number;
            group.caps.push(caps[*site]);
        }
        let local = |sites: Vec<usize>| sites.into_iter().map(|site| place[site]).collect();
        group.links = links.into_iter().map(local).collect();
    }
    groups
}

fn find(root: &mut [usize], mut of: usize) -> usize {
    while root[of] != of {
        root[of] = root[root[of]];
        of = root[of];
    }
    of
}
