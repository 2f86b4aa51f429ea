//! The table of grant contracts (国有建设用地使用权出让合同、划拨决定书).

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::Account;
use crate::law::facts::Record;

/// The contracts, and what became of all rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContractTable {
    /// The contracts, in the order of the input.
    pub rows: Vec<GrantContract>,
    /// Where the rows went.
    pub account: Account,
}

/// A contract, and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct GrantContract {
    /// Its 0-based row in the input.
    pub row: u32,
    /// 合同编号 or 电子监管号; empty where the table has none.
    pub id: CompactString,
    /// 宗地代码 of the land it grants; several where one contract grants several parcels.
    pub parcels: Vec<CompactString>,
    /// What it agrees and what is known of its progress, as the facts `grant.*`.
    pub facts: Record,
}
