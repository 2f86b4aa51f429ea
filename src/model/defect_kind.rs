//! The kinds of problems in the input, each with how grave it is and what to do: one table, one entry per kind.

use super::Action;
use crate::geometry::FlawKind;

/// How much a problem matters for the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A figure of the input is not believed, or something is missing from the figures: results are unknown, or rest on
    /// another source.
    Grave,
    /// A figure rests on a choice that someone should check.
    Doubtful,
    /// The figures stand; worth knowing.
    Slight,
}

impl Severity {
    /// Every one, the gravest first.
    pub const ALL: [Self; 3] = [Self::Grave, Self::Doubtful, Self::Slight];

    /// The word in `summary.json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Grave => "grave",
            Self::Doubtful => "doubtful",
            Self::Slight => "slight",
        }
    }

    /// The word for people.
    pub const fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Grave => ("严重", "grave"),
            Self::Doubtful => ("存疑", "doubtful"),
            Self::Slight => ("轻微", "slight"),
        }
    }
}

/// Declares every kind: name in files, severity, what it is and what to do, in Chinese and in English.
macro_rules! kinds {
    ($($kind:ident $name:literal $severity:ident
        $zh:literal, $en:literal => $todo_zh:literal, $todo_en:literal;)+) => {
        /// What kind of problem it is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum DefectKind {
            $(#[doc = $en] $kind,)+
        }

        impl DefectKind {
            /// Every kind, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$kind,)+];

            /// The word in the column `kind`: `bow-tie`, `zero_area`, `duplicate_id`…
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)+ }
            }

            /// How much it matters where the feature was analysed in spite of it.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$kind => Severity::$severity,)+ }
            }

            /// What it is: Chinese, English.
            pub const fn what(self) -> (&'static str, &'static str) {
                match self { $(Self::$kind => ($zh, $en),)+ }
            }

            /// What to do about it: Chinese, English.
            pub const fn advice(self) -> (&'static str, &'static str) {
                match self { $(Self::$kind => ($todo_zh, $todo_en),)+ }
            }
        }
    };
}

// One entry per kind, by where it is found: the file, the row, the shape, the join, land and plan, lineage.
kinds! {
    // the file and its rows
    MissingId "missing_id" Doubtful
        "没有编号", "has no id"
        => "补录编号，或用 --map 指定编号所在的列", "enter the ids, or name their column with --map";
    DuplicateId "duplicate_id" Doubtful
        "编号重复", "an id comes more than once"
        => "核对是否为同一宗地的多个版本或多个部分", "see whether they are versions or pieces of one thing";
    RepeatedRow "repeated_row" Slight
        "与前面一行完全相同", "says what a row above it says"
        => "无须处理，只计一次", "nothing: it counts once";
    NotInForce "not_in_force" Slight
        "已失效或历史记录", "is marked as void or as history"
        => "如不应排除，更正其状态字段", "if it should count, correct its state";
    UnreadableNumber "unreadable_number" Doubtful
        "应为数字而读不出", "should be a number and is none"
        => "按 defects.csv 所列更正单元格", "correct the cells that defects.csv lists";
    AmbiguousNumber "ambiguous_number" Doubtful
        "数字中的逗号或点可能是小数点也可能是千分位", "a comma or point in a number may stand before decimals or between thousands"
        => "用 --decisions 的 decimal_mark 指明", "say which with decimal_mark in --decisions";
    NoStorey "no_storey" Doubtful
        "地上、地下层数均登记为 0", "has 0 storeys above ground and 0 below"
        => "核对层数；未调查的应留空", "see how many it has; leave blank what nobody counted";
    UnreadableDate "unreadable_date" Doubtful
        "应为日期而读不出", "should be a date and is none"
        => "按 defects.csv 所列更正为 2022-06-01 的写法", "write the dates that defects.csv lists as 2022-06-01";
    UnreadableYesOrNo "unreadable_yes_or_no" Doubtful
        "应为是或否而读不出", "should be yes or no and is neither"
        => "改写为“是”或“否”", "write yes or no";
    UnreadableValue "unreadable_value" Doubtful
        "内容读不出", "cannot be read"
        => "按 defects.csv 所列更正单元格", "correct the cells that defects.csv lists";
    UnreadableLimit "unreadable_limit" Doubtful
        "规划指标读不出", "a limit of the plan cannot be read"
        => "按 defects.csv 所列更正指标", "correct the limits that defects.csv lists";
    LimitsDisagree "limits_disagree" Doubtful
        "同一指标两处不同", "two columns give one limit differently"
        => "核对规划条件，保留正确的一列", "see the plan, and keep the right column";
    LimitsCross "limits_cross" Doubtful
        "下限大于上限", "a minimum lies above its maximum"
        => "核对规划条件", "see the plan";
    ErrorCell "error_cell" Doubtful
        "公式出错的单元格", "a formula failed"
        => "在表格中修正公式", "mend the formula in the workbook";
    LostDigits "lost_digits" Grave
        "长编号被表格软件当作数字，末位丢失", "a spreadsheet made a number of an id and lost its last digits"
        => "以文本格式重新录入编号", "type the ids anew as text";
    Contradictory "contradictory" Doubtful
        "同一行自相矛盾", "a row contradicts itself"
        => "核对原件", "see the original";
    ContradictoryRows "contradictory_rows" Doubtful
        "同一对象的多行互相矛盾", "rows about one thing contradict each other"
        => "核对并保留正确的一行", "see which row is right and keep that one";
    DifferentNames "different_names" Slight
        "同一代码有不同名称", "one code goes by different names"
        => "核对名称", "see which name is right";
    WrongCheckDigit "wrong_check_digit" Slight
        "统一社会信用代码校验位不符", "the check digit of a credit code is wrong"
        => "核对代码", "see the code";
    NoBuilding "no_building" Grave
        "层表的行没有对应的幢", "rows of storeys meet no building"
        => "核对幢号的写法与两层是否同一范围", "see how ids of buildings are written, and whether both layers are of one area";
    // the shape
    NullGeometry "null_geometry" Grave
        "没有图形", "has no geometry"
        => "补绘图形", "draw it";
    EmptyGeometry "empty_geometry" Grave
        "图形为空", "its geometry is empty"
        => "补绘图形", "draw it";
    NotPolygonal "not_polygonal" Grave
        "不是面", "is no polygon"
        => "改绘为面", "draw it as a polygon";
    UndecodableGeometry "undecodable_geometry" Grave
        "图形无法解读", "its geometry cannot be decoded"
        => "从原系统重新导出", "export it anew from where it came";
    NotFinite "non_finite" Grave
        "坐标不是有限的数", "a coordinate is infinite or no number"
        => "从原系统重新导出", "export it anew from where it came";
    OutOfRange "out_of_range" Grave
        "坐标超出地球范围", "a coordinate lies beyond any place on Earth"
        => "核对坐标与坐标系", "see the coordinates and the CRS";
    OutsideAreaOfUse "outside_area_of_use" Grave
        "坐标远在坐标系适用范围之外", "a corner lies far outside the area of use of the CRS"
        => "核对该要素的坐标（漏位、多位、带号）", "see its coordinates: a digit lost or too many, another zone";
    ZeroArea "zero_area" Slight
        "环没有面积", "a ring encloses no area"
        => "核对图形", "see the shape";
    RepeatedPoint "repeated_point" Slight
        "相邻重复点", "the same point twice in a row"
        => "无须处理，已去重", "nothing: one is kept";
    UnclosedRing "unclosed_ring" Slight
        "环未闭合", "a ring is not closed"
        => "无须处理，已闭合", "nothing: it was closed";
    WrongWinding "wrong_winding" Slight
        "环的方向不符", "a ring runs the wrong way"
        => "无须处理，已改正", "nothing: it was turned";
    Spike "spike" Slight
        "毛刺", "the boundary runs out and back on one line"
        => "无须处理，已去除", "nothing: it was cut";
    SelfIntersection "self_intersection" Slight
        "边界自相交", "the boundary crosses itself"
        => "核对修复前后的面积", "see the areas before and after in defects.csv";
    HoleOutside "hole_outside" Slight
        "洞在外环之外", "a hole lies outside"
        => "核对图形", "see the shape";
    InsideOut "inside_out" Slight
        "内外环颠倒", "shell and hole are exchanged"
        => "无须处理，按位置判定内外环", "nothing: where rings lie decides which is the shell";
    OverlappingParts "overlapping_parts" Slight
        "各部分互相重叠", "parts cover the same ground"
        => "核对修复前后的面积", "see the areas before and after in defects.csv";
    BeyondRepair "beyond_repair" Grave
        "图形无法可靠修复", "its shape cannot be mended for certain"
        => "重绘图形", "draw it anew";
    // figures against each other
    AreaDifference "area_difference" Slight
        "登记面积与图形面积略有出入", "registered area and polygon differ a little"
        => "属测量与登记的常见差异，按登记面积计算", "usual between survey and register; the registered area is used";
    AreaDiffersMuch "area_differs_much" Doubtful
        "登记面积与图形面积相差五分之一以上，仍按登记面积计算", "registered area and polygon differ by a fifth or more; the registered area is used"
        => "核对登记面积与图形，或用 --area plane", "see the register and the polygon, or use --area plane";
    AreaUnbelievable "area_unbelievable" Grave
        "登记面积与图形面积相差悬殊，未采信，改用图形面积", "the registered area is far off its polygon: not used, the polygon's area is"
        => "核对登记面积的单位和小数点", "see the unit and the decimal point of the registered area";
    DensityOverOne "density_over_one" Grave
        "建筑基底大于用地，建筑密度未知", "more ground is built on than there is land: the density is unknown"
        => "核对宗地面积与建筑轮廓", "see the area of the parcel and the outlines on it";
    FloorAreaUnbelievable "floor_area_unbelievable" Grave
        "建筑面积与基底×层数相差悬殊，未采信", "a floor area is far off footprint x storeys: not used"
        => "核对建筑面积的单位、小数点和层数", "see its unit and decimal point, and the storeys";
    FloorAreaDifference "floor_area_difference" Slight
        "建筑面积与基底×层数有较大出入", "a floor area differs from footprint x storeys"
        => "核对层数与建筑面积；塔楼裙房属正常", "see storeys and floor area; usual for a tower on a podium";
    HeightUnbelievable "height_unbelievable" Grave
        "高度与层数矛盾，或层高不合常理，未采信", "height and storeys contradict each other, or a storey height is none: not used"
        => "核对高度的单位、小数点和层数", "see the unit and decimal point of the height, and the storeys";
    HeightUnusual "height_unusual" Slight
        "层高少见", "a storey height is unusual"
        => "核对高度与层数", "see height and storeys";
    // the join of buildings and parcels
    UnmeasurablePart "unmeasurable_part" Grave
        "重叠部分的面积无法可靠量算", "a common part cannot be measured for certain"
        => "核对两个图形", "see both shapes";
    NoParcel "no_parcel" Slight
        "建筑不在任何宗地上", "a building stands on no parcel"
        => "核对宗地图层是否完整、两层坐标系是否一致", "see whether parcels are missing, and whether both layers share a CRS";
    AcrossLine "across_line" Slight
        "建筑跨宗地界线", "a building stands across a line"
        => "核对界线与房屋，或用 --reading building_assignment 另选计法", "see line and walls, or count otherwise with --reading building_assignment";
    PartlyOffParcels "partly_off_parcels" Slight
        "建筑部分在宗地之外", "a building stands partly on no parcel"
        => "核对界线与房屋", "see line and walls";
    OnOverlappingParcels "on_overlapping_parcels" Doubtful
        "建筑所在处宗地重叠，归属不明", "parcels overlap under a building: nothing tells whose it is"
        => "核对重叠的宗地", "see the parcels that overlap";
    LeftOutBuilding "left_out_building" Grave
        "建筑因图形问题未参与计算，所在宗地指标未知", "a building was left out for its shape: the figures of its parcel are unknown"
        => "修复该建筑的图形", "mend the shape of the building";
    BuildingsOverlap "buildings_overlap" Doubtful
        "建筑互相重叠或重复", "buildings lie over each other, or are given twice"
        => "删除重复的幢，或分清轮廓与组成部分", "delete what is given twice; keep either an outline or its parts";
    AmbiguousBuilding "ambiguous_building" Grave
        "幢号在多处重复，层表无法对应", "storeys name an id that several buildings bear"
        => "幢号前加宗地代码，使其唯一", "make the ids of buildings unique, with the number of the parcel before them";
    ParcelsOver "parcels_over_each_other" Doubtful
        "宗地上下重叠（分层、区分所有或版本重复）", "parcels lie over each other: strata, condominiums, or versions of one"
        => "删除旧版本，或以宗地代码指明建筑所属", "delete old versions, or let buildings name their parcel";
    WholeAreaOnPieces "whole_area_on_pieces" Doubtful
        "一宗地的各部分都记了整宗登记面积", "pieces of one parcel each carry its whole registered area"
        => "按各部分登记面积，或合并为一个要素", "register each piece by itself, or join the pieces";
    OtherParcelNamed "other_parcel_named" Doubtful
        "记录的宗地与所在宗地不同", "its record names another parcel than it stands on"
        => "核对幢的宗地代码", "see the parcel that its record names";
    // tables that name parcels
    AmbiguousParcel "ambiguous_parcel" Doubtful
        "所指宗地不唯一", "names a parcel of which there are several"
        => "更正重复的宗地编号", "correct the ids that come twice";
    NoSuchParcel "no_such_parcel" Doubtful
        "所指宗地不在宗地图层中", "names a parcel that is not there"
        => "核对编号的写法与范围", "see how ids are written, and whether both are of one area";
    // land and plan
    Sliver "sliver" Slight
        "狭缝", "a sliver between parcels"
        => "核对界线是否应重合", "see whether the lines should be one";
    PieceOnParcel "piece_on_parcel" Doubtful
        "零星地与非空闲宗地重叠", "scattered land lies on a parcel that is not vacant"
        => "核对零星地图层", "see the layer of scattered land";
    SameLand "same_land" Doubtful
        "零星地互相重叠", "scattered land is given twice"
        => "只保留一块", "keep one of them";
    PieceOnObstacle "piece_on_obstacle" Slight
        "零星地多在道路、水面或绿地上", "scattered land is mostly road, water or green"
        => "核对地类", "see what the land is";
    PieceBuiltOn "piece_built_on" Slight
        "零星地上有建筑", "a building stands on scattered land"
        => "核对房屋与土地", "see building and land";
    PieceOnLeftOut "piece_on_left_out" Slight
        "零星地上可能有未参与计算的要素", "a feature that was left out may lie on scattered land"
        => "修复该要素的图形", "mend the shape of that feature";
    OverlappingPlanBlocks "overlapping_plan_blocks" Doubtful
        "规划地块重叠", "blocks of the plan overlap"
        => "核对规划图层", "see the layer of the plan";
    // where parcels come from
    NoParents "no_parents" Doubtful
        "变更记录未说明来源", "a row of changes names no parents"
        => "补录来源宗地", "enter the parents";
    UnclearOrigin "unclear_origin" Doubtful
        "宗地来源不明", "where a parcel comes from is not clear"
        => "补充变更记录（--lineage）", "give the changes with --lineage";
    IdOnOtherGround "id_on_other_ground" Doubtful
        "同一编号前后位于不同地面", "an id is on other ground than before"
        => "核对编号是否重新使用", "see whether the id was given anew";
    LineageCircle "lineage_circle" Doubtful
        "变更记录成环", "recorded changes run in a circle"
        => "核对变更记录", "see the recorded changes";
    ParentStillThere "parent_still_there" Doubtful
        "来源宗地仍在现状图层中", "a parent is still among the parcels"
        => "核对是否应注销", "see whether it should be cancelled";
    LineageContradiction "lineage_contradiction" Doubtful
        "变更记录与图形不符", "recorded changes and the ground contradict each other"
        => "核对变更记录", "see the recorded changes";
}

impl DefectKind {
    /// How much it matters with what was done about it: what is left out is missing from the figures, but for copies and
    /// history.
    pub const fn severity_with(self, action: Action) -> Severity {
        match (action, self) {
            (Action::Quarantined, Self::RepeatedRow | Self::NotInForce) => self.severity(),
            (Action::Quarantined, _) => Severity::Grave,
            _ => self.severity(),
        }
    }
}

impl From<FlawKind> for DefectKind {
    fn from(flaw: FlawKind) -> Self {
        match flaw {
            FlawKind::NotFinite => Self::NotFinite,
            FlawKind::OutOfRange => Self::OutOfRange,
            FlawKind::ZeroArea => Self::ZeroArea,
            FlawKind::RepeatedPoint => Self::RepeatedPoint,
            FlawKind::UnclosedRing => Self::UnclosedRing,
            FlawKind::WrongWinding => Self::WrongWinding,
            FlawKind::Spike => Self::Spike,
            FlawKind::SelfIntersection => Self::SelfIntersection,
            FlawKind::HoleOutside => Self::HoleOutside,
            FlawKind::InsideOut => Self::InsideOut,
            FlawKind::OverlappingParts => Self::OverlappingParts,
            FlawKind::BeyondRepair => Self::BeyondRepair,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own_and_says_what_to_do_in_both_languages() {
        let mut names: Vec<&str> = DefectKind::ALL.iter().map(|kind| kind.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), DefectKind::ALL.len());
        for kind in DefectKind::ALL {
            let texts = [kind.what(), kind.advice()];
            assert!(texts.iter().all(|(zh, en)| !zh.is_ascii() && en.is_ascii()));
        }
    }
}
