//! Rows of a layer of parcels → parcels.

use compact_str::CompactString;
use jiff::civil::Date;

use super::known::{Doubt, Known, Record};
use super::limits::{LimitColumns, contract_plot_ratio};
use super::registered_area::RegisteredArea;
use crate::formats::written::date;
use crate::formats::{Batch, Column};
use crate::model::held::area_doubt;
use crate::model::{DefectKind, LandStatus, LayerKind, Papers, Parcel, ParcelTerms, other_key};
use crate::quantity::Area;

pub(super) struct ParcelColumns<'a> {
    id: Option<Column<'a>>,
    area: RegisteredArea<'a>,
    land_use: Option<Column<'a>>,
    status: Option<(Column<'a>, String)>,
    owner: Option<Column<'a>>,
    right_type: Option<Column<'a>>,
    right_nature: Option<Column<'a>>,
    term_end: Option<(Column<'a>, String)>,
    district: Option<Column<'a>>,
    town: Option<Column<'a>>,
    papers: [Option<Column<'a>>; 3],
    industry: Option<Column<'a>>,
    park: Option<Column<'a>>,
    group: Option<Column<'a>>,
    contract_plot_ratio: Option<(Column<'a>, String)>,
    limits: LimitColumns<'a>,
}

impl Record for Parcel {
    const KIND: LayerKind = LayerKind::Parcels;
    type Columns<'a> = ParcelColumns<'a>;

    fn columns<'a>(known: &Known, batch: &'a Batch) -> ParcelColumns<'a> {
        let column = |field| known.column(batch, field);
        let named = |field| Some((column(field)?, known.stored_name(field)?.to_owned()));
        ParcelColumns {
            id: column("id"),
            area: RegisteredArea::of(known, batch),
            land_use: column("land_use"),
            status: named("status"),
            owner: column("owner"),
            right_type: column("right_type"),
            right_nature: column("right_nature"),
            term_end: named("term_end"),
            district: column("district"),
            town: column("town"),
            papers: ["location", "unit_number", "contract_id"].map(column),
            industry: column("industry"),
            park: column("park"),
            group: column("group"),
            contract_plot_ratio: named("contract_plot_ratio"),
            limits: LimitColumns::of(known, batch),
        }
    }

    fn read(columns: &ParcelColumns<'_>, row: usize, number: u32, doubts: &mut Vec<Doubt>) -> Self {
        let text =
            |column: Option<Column<'_>>| column.and_then(|column| column.text(row)).map(Into::into);
        let id: CompactString = text(columns.id).unwrap_or_default();
        Self {
            row: number,
            other_key: other_key(&id),
            id,
            area_registered: columns.area.read(row, doubts),
            land_use: None,
            land_use_given: text(columns.land_use),
            status: columns.status(row, doubts),
            owner: text(columns.owner),
            right_type: text(columns.right_type),
            right_nature: text(columns.right_nature),
            term_end: columns.term_end(row, doubts),
            district: text(columns.district),
            town: text(columns.town),
            papers: columns.papers(row),
            terms: columns.terms(row, doubts),
        }
    }

    fn beside(
        &mut self,
        columns: &Self::Columns<'_>,
        row: usize,
        m2: f64,
        doubts: &mut Vec<Doubt>,
    ) {
        columns.area.beside(row, m2, doubts);
    }

    fn contradictions(&self, m2: f64) -> Vec<DefectKind> {
        let registered = self.area_registered.map(Area::m2);
        let doubt = registered.and_then(|registered| area_doubt(registered, m2, f64::NAN));
        doubt.into_iter().collect()
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn row(&self) -> u32 {
        self.row
    }
}

impl ParcelColumns<'_> {
    /// What is only handed on.
    fn papers(&self, row: usize) -> Papers {
        let texts = self.papers.map(|column| column?.text(row));
        Papers::of(texts.each_ref().map(Option::as_deref))
    }

    /// The last day of the right to the land; what is no date is a doubt.
    /// The state of the land; codes of registers say none, and what else is no word for one is a doubt.
    fn status(&self, row: usize, doubts: &mut Vec<Doubt>) -> Option<LandStatus> {
        let (column, name) = self.status.as_ref()?;
        let text = column.text(row)?;
        let status = LandStatus::parse(&text);
        let is_code = text.bytes().all(|byte| byte.is_ascii_digit());
        if status.is_none() && !is_code && !text.trim().is_empty() {
            doubts.push(Doubt {
                kind: DefectKind::UnreadableValue,
                detail: format!(
                    "`{name}` says `{text}`: no state of land that is known; the state is unknown"
                ),
            });
        }
        status
    }

    fn term_end(&self, row: usize, doubts: &mut Vec<Doubt>) -> Option<Date> {
        let (column, name) = self.term_end.as_ref()?;
        let text = column.text(row)?;
        date(&text).unwrap_or_else(|()| {
            doubts.push(Doubt {
                kind: DefectKind::UnreadableDate,
                detail: format!("`{name}` says `{text}`: no date; the end of the term is unknown"),
            });
            None
        })
    }

    /// What few layers say; nothing where this row says none of it.
    fn terms(&self, row: usize, doubts: &mut Vec<Doubt>) -> Option<Box<ParcelTerms>> {
        let text =
            |column: Option<Column<'_>>| column.and_then(|column| column.text(row)).map(Into::into);
        let limits = self.limits.read(row, doubts);
        let contract = self.contract_plot_ratio.as_ref();
        let terms = ParcelTerms {
            industry: text(self.industry),
            park: text(self.park),
            group: text(self.group),
            contract_plot_ratio: contract
                .and_then(|column| contract_plot_ratio(column, row, doubts)),
            limits: (!limits.is_empty()).then(|| Box::new(limits)),
        };
        (terms != ParcelTerms::default()).then(|| Box::new(terms))
    }
}
