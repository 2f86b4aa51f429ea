//! Pieces that may be cut up and the room of sites → the most land that can flow, and the sites that stop more.

/// Land that flows from pieces to sites; pieces and room can be added as it goes on.
pub(super) struct Flow<'a> {
    links: &'a [Vec<u32>],
    /// Land of each piece that has not found a site.
    unsent: Vec<u64>,
    waiting: Vec<u32>,
    /// Room left in each site.
    free: Vec<u64>,
    /// What each site has from which piece.
    holds: Vec<Vec<(u32, u64)>>,
    /// All the land that has found a site.
    pub sent: u64,
    from: Vec<u32>,
    origin: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl<'a> Flow<'a> {
    /// Without land or room.
    pub fn new(links: &'a [Vec<u32>], sites: usize) -> Self {
        Self {
            links,
            unsent: vec![0; links.len()],
            waiting: Vec::new(),
            free: vec![0; sites],
            holds: vec![Vec::new(); sites],
            sent: 0,
            from: vec![NONE; sites],
            origin: vec![NONE; links.len()],
        }
    }

    /// Adds the land of a piece, once.
    pub fn add_piece(&mut self, piece: u32, area: u64) {
        self.unsent[piece as usize] = area;
        self.waiting.push(piece);
    }

    /// Adds room to a site.
    pub fn add_room(&mut self, site: u32, room: u64) {
        self.free[site as usize] += room;
    }

    /// Lets all the land flow that can. The sites that are given back are full, and together they hold up whatever waits:
    /// no piece that waits, or shares a site with those that do, may go elsewhere.
    pub fn settle(&mut self) -> Vec<bool> {
        loop {
            self.waiting
                .retain(|piece| self.unsent[*piece as usize] > 0);
            let Some(end) = self.reach() else {
                return self.from.iter().map(|from| *from != NONE).collect();
            };
            self.augment(end);
        }
    }

    /// A site with room that waiting land reaches, each site it passes giving way to it.
    fn reach(&mut self) -> Option<u32> {
        self.from.fill(NONE);
        self.origin.fill(NONE);
        let mut queue = self.waiting.clone();
        for piece in &queue {
            self.origin[*piece as usize] = NONE - 1;
        }
        let mut next = 0;
        while let Some(piece) = queue.get(next).copied() {
            next += 1;
            for site in &self.links[piece as usize] {
                let at = *site as usize;
                if self.from[at] != NONE {
                    continue;
                }
                self.from[at] = piece;
                if self.free[at] > 0 {
                    return Some(*site);
                }
                for (held, _) in &self.holds[at] {
                    if self.origin[*held as usize] == NONE {
                        self.origin[*held as usize] = *site;
                        queue.push(*held);
                    }
                }
            }
        }
        None
    }

    fn augment(&mut self, end: u32) {
        let mut much = self.free[end as usize];
        let mut site = end;
        loop {
            let piece = self.from[site as usize];
            let origin = self.origin[piece as usize];
            if origin == NONE - 1 {
                much = much.min(self.unsent[piece as usize]);
                break;
            }
            much = much.min(self.held(origin, piece));
            site = origin;
        }
        self.free[end as usize] -= much;
        self.sent += much;
        site = end;
        loop {
            let piece = self.from[site as usize];
            self.give(site, piece, much);
            let origin = self.origin[piece as usize];
            if origin == NONE - 1 {
                self.unsent[piece as usize] -= much;
                return;
            }
            self.take(origin, piece, much);
            site = origin;
        }
    }

    fn held(&self, site: u32, piece: u32) -> u64 {
        let holds = &self.holds[site as usize];
        let held = holds.iter().find(|(of, _)| *of == piece);
        held.map_or(0, |(_, land)| *land)
    }

    fn give(&mut self, site: u32, piece: u32, much: u64) {
        let holds = &mut self.holds[site as usize];
        match holds.iter_mut().find(|(of, _)| *of == piece) {
            Some((_, land)) => *land += much,
            None => holds.push((piece, much)),
        }
    }

    fn take(&mut self, site: u32, piece: u32, much: u64) {
        let holds = &mut self.holds[site as usize];
        if let Some(at) = holds.iter().position(|(of, _)| *of == piece) {
            holds[at].1 -= much;
            if holds[at].1 == 0 {
                holds.swap_remove(at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn land_gives_way_until_the_full_sites_hold_up_the_rest() {
        // piece 0 must leave site 0 to piece 1; piece 2 then finds no more than what is left of site 1
        let links = [vec![0, 1], vec![0], vec![1], vec![2]];
        let mut flow = Flow::new(&links, 3);
        for (site, room) in [(0, 10), (1, 12), (2, 9)] {
            flow.add_room(site, room);
        }
        for (piece, area) in [(0, 10), (1, 10), (2, 5), (3, 9)] {
            flow.add_piece(piece, area);
        }
        assert_eq!(flow.settle(), [true, true, false]);
        assert_eq!(flow.sent, 31);
    }
}
