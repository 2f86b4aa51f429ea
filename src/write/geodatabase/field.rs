//! A column with a second name → a new field of a layer; the one call that GDAL's crate lacks.

#![expect(unsafe_code, reason = "the second name of a field has no safe binding")]

use std::ffi::CString;

use gdal::vector::LayerAccess;
use gdal_sys::{OGRErr, OGRFieldType};

/// Adds a field. A layer's format may change its name to one that it can keep.
///
/// # Errors
/// When the name cannot be passed on, or GDAL refuses the field.
pub(super) fn add_field(
    layer: &impl LayerAccess,
    (name, alias): (&str, &str),
    kind: OGRFieldType::Type,
) -> Result<(), String> {
    let refused = || format!("the column `{name}` was refused");
    let text = |text: &str| CString::new(text).map_err(|_| refused());
    let (stored, alias) = (text(name)?, text(alias)?);
    // SAFETY: the layer is alive; both names are C strings that outlive the calls; the definition is ours, copied by
    // GDAL, and destroyed once.
    let outcome = unsafe {
        let field = gdal_sys::OGR_Fld_Create(stored.as_ptr(), kind);
        gdal_sys::OGR_Fld_SetAlternativeName(field, alias.as_ptr());
        let outcome = gdal_sys::OGR_L_CreateField(layer.c_layer(), field, 1);
        gdal_sys::OGR_Fld_Destroy(field);
        outcome
    };
    if outcome == OGRErr::OGRERR_NONE {
        Ok(())
    } else {
        Err(refused())
    }
}
