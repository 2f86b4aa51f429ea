//! The table of enterprises (企业名录、亩均论英雄评价表).

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::Account;
use crate::law::facts::Record;
use crate::quantity::Exact;

/// The enterprises, and what became of all rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EnterpriseTable {
    /// The rows, in the order of the input; an enterprise on several parcels may have several.
    pub rows: Vec<Enterprise>,
    /// Where the rows went.
    pub account: Account,
}

/// One row: an enterprise, the land it uses and what it earns.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Enterprise {
    /// Its 0-based row in the input.
    pub row: u32,
    /// 统一社会信用代码; empty where the row has none.
    pub id: CompactString,
    /// 企业名称.
    pub name: Option<CompactString>,
    /// 宗地代码 of the land it uses, as the row names them.
    pub parcels: Vec<CompactString>,
    /// 行业代码 of GB/T 4754.
    pub industry: Option<CompactString>,
    /// What rules ask of it, as the facts `enterprise.*`.
    pub facts: Record,
    /// 税收, 万元 by year.
    pub tax_wan: Yearly,
    /// 营业收入, 万元 by year.
    pub revenue_wan: Yearly,
    /// 工业增加值, 万元 by year.
    pub value_added_wan: Yearly,
}

/// Numbers by year, rising, each year once.
pub type Yearly = Vec<(i64, Exact)>;
