//! Where a check file says that a split is drawn.

/// Where a split is drawn. Paths are relative to the folder of the check file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// A layer of lots.
    pub lots: Option<String>,
    /// A layer of lines that cut the parcel.
    pub cut_lines: Option<String>,
    /// Which features of either are meant, as an SQL condition.
    pub filter: Option<String>,
    /// The CRS of either, whatever the file says.
    pub crs: Option<String>,
}

impl Drawing {
    /// Whether there is one.
    pub const fn is_given(&self) -> bool {
        self.lots.is_some() || self.cut_lines.is_some()
    }

    /// Whether it can belong to a case of a kind that names a parcel or not.
    ///
    /// # Errors
    /// Why it cannot.
    pub(super) fn fits(&self, kind: &str, has_parcel: bool) -> Result<(), &'static str> {
        if self.lots.is_some() && self.cut_lines.is_some() {
            Err("it has lots and cut_lines; give the one or the other")
        } else if self.is_given() && !has_parcel {
            Err(
                "it draws a split, but does not say of what: add the parcel as parcel = \"…\" and name the city with --city",
            )
        } else if self.is_given() && kind != "split" {
            Err("lots and cut_lines belong to kind = \"split\"")
        } else if (self.crs.is_some() || self.filter.is_some()) && !self.is_given() {
            Err("layer_crs and layer_where are of lots or of cut_lines; there are none")
        } else {
            Ok(())
        }
    }
}
