//! What a reader of a workbook must know of the run → its last sheet, 说明.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::Preface;
use super::list::{LINE, breadth};
use super::style::Styles;
use crate::write::Language;

/// How many digits fit into a line.
const WIDTH: f64 = 106.0;

/// Writes the sheet; `said` is what is to be said of the lists before it.
pub(super) fn write(
    workbook: &mut Workbook,
    title: &str,
    said: &[String],
    preface: &Preface<'_>,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let language = preface.language;
    let sheet = workbook.add_worksheet();
    sheet.set_name(language.of("说明", "Notes"))?;
    sheet.set_landscape().set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_footer(match language {
        Language::Zh => "&L&A&C第 &P 页 共 &N 页",
        Language::En => "&L&A&CPage &P of &N",
    });
    sheet.set_column_width(0, 26)?;
    sheet.set_column_width(1, WIDTH + 4.0)?;
    sheet.set_row_height(0, 26)?;
    sheet.write_string_with_format(0, 0, title, &styles.title)?;
    let own = language.of(
        "空白单元格表示情况不明或待填报，不是零。合计按公式计算，筛选后只计可见行。颜色：绿为符合，黄为须报批同意或疑似，红为不符合或闲置低效，灰为情况不明。点击宗地代码打开 dossier 文件夹中的地块档案（先运行 plotratio dossier 并输出到该文件夹）。",
        "An empty cell is unknown or to be filled in, not zero. Totals are formulas and count the rows that a filter shows. Green is pass, amber needs consent or is suspected, red is fail, idle or inefficient, grey is unknown. The id of a parcel opens its page in the folder `dossier` (made by `plotratio dossier` into that folder).",
    );
    let reading = language.of("读表说明", "How to read it");
    let lines = std::iter::once((reading, own))
        .chain(
            said.iter()
                .map(|text| (language.of("分表", "Parts"), text.as_str())),
        )
        .chain(
            preface
                .notes
                .iter()
                .map(|(subject, text)| (subject.as_str(), text.as_str())),
        );
    for (line, (subject, text)) in (2_u32..).zip(lines) {
        let lines = (breadth(text) / WIDTH)
            .ceil()
            .max((breadth(subject) / 25.0).ceil());
        sheet.set_row_height(line, lines.clamp(1.0, 30.0) * LINE + 2.0)?;
        sheet.write_string_with_format(line, 0, subject, &styles.subject)?;
        sheet.write_string_with_format(line, 1, text, &styles.plain)?;
    }
    Ok(())
}
