//! The land of a split or a merge → whether all of it is industrial, whether a contract keeps it from being transferred.

use super::measure::{Measure, TRUTH, new};
use super::merging::all_industrial;
use super::subject::{Lack, Measured, Subject, all, truth};

pub(super) const MEASURES: &[Measure] = &[
    new(
        "land_is_industrial",
        "均为工业用地",
        "all the land is industrial",
        TRUTH,
        &[],
        is_industrial,
    )
    .asking(&[&["site.land_use", "parcel", "parcel.land_use"]]),
    new(
        "transfer_forbidden",
        "出让合同（划拨决定书）限制转让",
        "a contract or an allocation decision forbids the transfer",
        TRUTH,
        &[],
        is_forbidden,
    )
    .asking(&[&[
        "site.transfer_restricted",
        "parcel",
        "parcel.transfer_restricted",
    ]]),
    new(
        "standards_refused",
        "经核不符合消防、规划或建筑工程质量安全要求",
        "found not to meet fire safety, the plan, or the quality and safety of buildings",
        TRUTH,
        &[],
        standards_refused,
    )
    .asking(&[STANDARDS]),
];

/// 消防、规划、建筑工程质量安全.
const STANDARDS: &[&str] = &["approval.fire", "approval.planning", "approval.quality"];

/// Whether a department has found that the project does not meet its standards. What none has spoken of is for a person to
/// confirm, and is said so.
fn standards_refused(s: &Subject<'_>) -> Measured {
    let found: Vec<Result<bool, Lack>> = STANDARDS.iter().map(|name| s.truth(name)).collect();
    let refused = found.contains(&Ok(false));
    if !refused && found.iter().any(Result::is_err) {
        s.note(
            "是否符合消防、规划、建筑工程质量安全等技术规范和标准另行核实".to_owned(),
            "whether it meets the standards of fire safety, planning and the quality and safety of buildings is to be confirmed"
                .to_owned(),
        );
    }
    truth(refused)
}

/// Whether the site, or every parcel of a merge, is industrial (工业用地).
fn is_industrial(s: &Subject<'_>) -> Measured {
    if s.is_merge() {
        return all_industrial(s);
    }
    truth(s.word("site.land_use")? == "industrial")
}

/// Whether the contract of the site, or of any parcel of a merge, restricts its transfer.
fn is_forbidden(s: &Subject<'_>) -> Measured {
    if !s.is_merge() {
        return truth(s.truth("site.transfer_restricted")?);
    }
    let parcels = s.list("parcel");
    if parcels.is_empty() {
        return Err(Lack::of("parcel"));
    }
    let free = |parcel| {
        s.truth_of(parcel, "parcel.transfer_restricted")
            .map(|restricted| !restricted)
    };
    truth(!all(parcels.iter().map(free))?)
}
