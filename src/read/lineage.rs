//! Rows of the table of what became of parcels (宗地变化情况) → which parcel came from which, and what cannot be used of it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::formats::Column;

use super::known::Known;
use super::listed_ids::{is_id, separate};
use super::rows::Rows;
use crate::formats::written::date;
use crate::model::{
    Action, Defect, DefectKind, LayerKind, LineageRow, LineageTable, RecordedChange, feature_name,
    key,
};

/// How many words that are not known a note names, and how much of each.
const NAMED: (usize, usize) = (5, 40);

/// Reads the table; a row that says nothing that can be used is a defect, and so is a day that is none. What a reader must
/// know of it comes last.
pub(super) fn read_lineage(
    known: &Known,
    rows: &[Rows],
) -> (LineageTable, Vec<Defect>, Vec<String>) {
    let mut reading = LineageReading::default();
    for rows in rows {
        let batch = &rows.batch;
        let column = |field| known.column(batch, field);
        let [child, parents, change, day] = ["parcel_id", "parents", "kind", "date"].map(column);
        reading.table.account.read += batch.rows as u64;
        for row in rows.iter() {
            let number = batch.first_row + row as u64;
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let words = text(change, row);
            let change = words
                .as_deref()
                .map_or(RecordedChange::Unsaid, RecordedChange::parse);
            let mut found = LineageRow {
                row: number,
                parcel_id: text(child, row)
                    .filter(|id| is_id(id))
                    .map(|id| key(&id))
                    .unwrap_or_default(),
                parents: text(parents, row)
                    .map(|ids| separate(&ids).iter().map(|id| key(id)).collect())
                    .unwrap_or_default(),
                change,
                date: None,
            };
            if !reading.can_use(&mut found) {
                continue;
            }
            if let Some(words) = words.filter(|_| change == RecordedChange::Unreadable) {
                *reading.unreadable.entry(words.into_owned()).or_default() += 1;
            }
            found.date = text(day, row).and_then(|day| reading.day(&found, &day, known));
            reading.table.rows.push(found);
            reading.table.account.analysed += 1;
        }
    }
    let account = &mut reading.table.account;
    account.filtered = account.read - account.analysed - account.quarantined;
    let notes = reading.note(known);
    (reading.table, reading.defects, notes.into_iter().collect())
}

#[derive(Default)]
struct LineageReading {
    table: LineageTable,
    defects: Vec<Defect>,
    /// Words for a kind that are not known, and how often they come.
    unreadable: BTreeMap<String, u64>,
}

impl LineageReading {
    /// Whether a row says of which parcel it speaks; if not, it is set aside, and its parents stay open. A row that does not
    /// say what its parcel came from leaves that unknown.
    fn can_use(&mut self, row: &mut LineageRow) -> bool {
        if row.parcel_id.is_empty() {
            let detail = "the row names no parcel that came to be";
            self.table.account.quarantined += 1;
            self.defects.push(defect(
                row,
                DefectKind::MissingId,
                Action::Quarantined,
                detail.into(),
            ));
            self.table.open.append(&mut row.parents);
            return false;
        }
        if row.parents.is_empty() && row.change == RecordedChange::Unsaid {
            row.change = RecordedChange::Unreadable;
            let detail = format!(
                "the row says neither what `{}` came from nor by what kind of change: that is unknown",
                row.parcel_id
            );
            self.defects
                .push(defect(row, DefectKind::NoParents, Action::Noted, detail));
        }
        true
    }

    /// The day of a change; what is none is a defect.
    fn day(&mut self, row: &LineageRow, text: &str, known: &Known) -> Option<jiff::civil::Date> {
        date(text).unwrap_or_else(|()| {
            let name = known.stored_name("date").unwrap_or_default();
            let detail =
                format!("`{name}` says `{text}`: no date; the day of the change is unknown");
            self.defects.push(defect(
                row,
                DefectKind::UnreadableDate,
                Action::Noted,
                detail,
            ));
            None
        })
    }

    /// Says which words for a kind are not known.
    fn note(&self, known: &Known) -> Option<String> {
        let rows: u64 = self.unreadable.values().sum();
        let words = self.unreadable.keys().take(NAMED.0);
        let words: Vec<String> = words
            .map(|words| format!("`{}`", words.chars().take(NAMED.1).collect::<String>()))
            .collect();
        let more = if self.unreadable.len() > NAMED.0 {
            ", …"
        } else {
            ""
        };
        (rows > 0).then(|| {
            format!(
                "lineage: `{}` says {}{more} in {rows} rows: neither 分割 (split), 合并 (merge) nor a known change that is \
                 neither; what came of them is unknown, but where the parcels named show it",
                known.stored_name("kind").unwrap_or_default(),
                words.join(", ")
            )
        })
    }
}

fn text(column: Option<Column<'_>>, row: usize) -> Option<Cow<'_, str>> {
    column?.text(row)
}

/// The row number tells a row: its parcel may have several.
fn defect(row: &LineageRow, kind: DefectKind, action: Action, detail: String) -> Defect {
    Defect {
        layer: LayerKind::Lineage,
        feature: feature_name("", row.row),
        kind,
        action,
        detail,
        at: None,
    }
}
