//! A row below the header → whether it is a row of the table, or a total, a footnote, a header said again.

use super::cell::Cell;
use super::grid::Grid;
use super::header::{Header, is_said_again};
use super::heading::bare;
use super::plain::plain;

/// What a row below the header is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BodyRow {
    /// A row of the table.
    Data,
    /// 合计、小计: the sum of other rows.
    Total,
    /// 平均.
    Average,
    /// The header again, or the numbers of its columns.
    Header,
    /// 注、填表人; the name of a section.
    Remark,
}

/// A row that sums up says so in one of its first filled cells.
const SAYS_SO: usize = 3;

impl BodyRow {
    /// What the row of that number is.
    pub(super) fn of(grid: &Grid, header: &Header, row: u32) -> Self {
        let columns = header.headings.len();
        let cells = grid.row(row);
        let inside = cells.partition_point(|(column, _)| usize::from(*column) < columns);
        let cells = &cells[..inside];
        let first = cells.iter().take(SAYS_SO);
        let texts = first.filter_map(|(_, cell)| match cell {
            Cell::Text(text) => Some(plain(text)),
            _ => None,
        });
        let texts: Vec<String> = texts.collect();
        if is_said_again(grid, header, row) || is_numbering(cells) {
            return Self::Header;
        }
        if texts
            .first()
            .is_some_and(|text| is_remark(text, cells.len()))
        {
            return Self::Remark;
        }
        if cells.iter().any(|(_, cell)| has_code(cell)) {
            return Self::Data;
        }
        let sums = texts.iter().find_map(|text| sums_up(&bare(text)));
        sums.unwrap_or(if columns > 2 && is_section(cells, &texts) {
            Self::Remark
        } else {
            Self::Data
        })
    }
}

/// Whether a cell holds a number by which something is known: such a row sums up nothing.
fn has_code(cell: &Cell) -> bool {
    match cell {
        Cell::Text(text) => {
            let signs = text.chars().filter(char::is_ascii_alphanumeric).count();
            signs >= 15
                && text
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || c.is_whitespace())
        }
        _ => false,
    }
}

/// Whether the cells are 1, 2, 3 … or 甲, 乙, 1, 2 …: the numbers of the columns.
fn is_numbering(cells: &[(u16, Cell)]) -> bool {
    let mut before = 0;
    let mut letters = 0;
    for (_, cell) in cells {
        let text = plain(&cell.text());
        let number = text.trim_matches(|c: char| matches!(c, '(' | ')' | '①'..='⑳'));
        match number.parse::<u32>() {
            Ok(number) if number == before + 1 => before = number,
            Err(_) if ["甲", "乙", "丙", "丁", "戊"].contains(&&*text) => letters += 1,
            Ok(_) | Err(_) => return false,
        }
    }
    before + letters >= 3
}

/// What a row sums up that says so; a text is plain and without signs.
fn sums_up(text: &str) -> Option<BodyRow> {
    if matches!(text, "平均" | "平均值" | "平均数" | "均值" | "AVERAGE") {
        return Some(BodyRow::Average);
    }
    let short = text.chars().count() <= 16;
    let sum = ["合计", "小计", "总计", "共计", "总合计"]
        .iter()
        .any(|end| text.ends_with(end));
    let english = matches!(text, "TOTAL" | "SUBTOTAL" | "SUM" | "GRANDTOTAL");
    let counted = text.starts_with("合计") && text.ends_with(['家', '户', '宗', '个', '块']);
    ((sum || counted) && short || english).then_some(BodyRow::Total)
}

/// Whether a row of so many cells that begins so is a footnote.
fn is_remark(text: &str, cells: usize) -> bool {
    const BEGIN: [&str; 22] = [
        "注:",
        "注1",
        "注2",
        "备注:",
        "说明:",
        "填表说明",
        "填表人",
        "填报人",
        "填表日期",
        "填报日期",
        "填报单位",
        "制表",
        "审核",
        "单位负责人",
        "统计负责人",
        "联系人",
        "联系电话",
        "数据来源",
        "资料来源",
        "单位:",
        "NOTE:",
        "NOTES:",
    ];
    cells <= 6 && BEGIN.iter().any(|begin| text.starts_with(begin))
}

/// Whether the only cell of a row names a section: `一、椒江区`, `（一）规上企业`.
fn is_section(cells: &[(u16, Cell)], texts: &[String]) -> bool {
    let ([_], [text]) = (cells, texts) else {
        return false;
    };
    let text = text.strip_prefix('(').unwrap_or(text);
    let number = |c: char| "一二三四五六七八九十".contains(c);
    let rest = text.trim_start_matches(number);
    rest.len() < text.len() && rest.starts_with(['、', ')', '.', ','])
}

#[cfg(test)]
mod tests {
    use super::super::grid::grid;
    use super::super::heading::Heading;
    use super::*;

    fn row(cells: &[&str]) -> BodyRow {
        let head = ["序号", "企业名称", "信用代码", "税收"];
        let headings = head.iter().map(|text| Heading {
            parts: vec![(*text).to_owned()],
        });
        let header = Header {
            top: 0,
            below: 1,
            headings: headings.collect(),
            known: 3,
        };
        BodyRow::of(&grid(&[&head, cells]), &header, 1)
    }

    #[test]
    fn rows_that_sum_up_are_told_from_those_that_only_sound_so() {
        for cells in [
            ["", "合 计", "", "12"],
            ["合计", "", "", "12"],
            ["", "椒江区小计", "", "3"],
            ["合计（12家）", "", "", "1"],
        ] {
            assert_eq!(row(&cells), BodyRow::Total, "{cells:?}");
        }
        assert_eq!(row(&["", "平均", "", "3"]), BodyRow::Average);
        assert_eq!(
            row(&["1", "合计", "91331000MA2AAAAA1X", "3"]),
            BodyRow::Data
        );
        assert_eq!(row(&["1", "总计数据有限公司", "", "3"]), BodyRow::Data);
    }

    #[test]
    fn what_is_no_row_of_the_table_is_left_out() {
        assert_eq!(
            row(&["序号", "企业名称", "信用代码", "税收"]),
            BodyRow::Header
        );
        assert_eq!(row(&["1", "2", "3", "4"]), BodyRow::Header);
        assert_eq!(row(&["甲", "乙", "1", "2"]), BodyRow::Header);
        assert_eq!(row(&["注：数据来自税务部门", "", "", ""]), BodyRow::Remark);
        assert_eq!(
            row(&["填表人：张三", "", "审核：李四", ""]),
            BodyRow::Remark
        );
        assert_eq!(row(&["一、椒江区", "", "", ""]), BodyRow::Remark);
        assert_eq!(row(&["", "甲公司", "", ""]), BodyRow::Data);
        assert_eq!(row(&["1", "甲公司", "", "2"]), BodyRow::Data);
    }
}
