//! The few calls of GDAL's C interface that its crate lacks → safe Rust; all `unsafe` of the reader is here.

#![expect(
    unsafe_code,
    reason = "raw field bytes, geometry as WKB and the Arrow stream have no safe binding"
)]

use std::ffi::{CStr, CString, c_char, c_int};
use std::marker::PhantomData;
use std::ptr::{null, null_mut};
use std::sync::Arc;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi_and_data_type};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{Array, ArrayRef, StructArray};
use arrow_schema::{DataType, Schema, SchemaRef};
use gdal::cpl::CslStringList;
use gdal::vector::{LayerAccess, OwnedLayer};
use gdal_sys::{OGRErr, OGRFeatureH, OGRFieldSubType, OGRFieldType, OGRLayerH, OGRwkbByteOrder};

/// An attribute as GDAL describes it; names are bytes, for a Shapefile's may be in any encoding.
#[derive(Clone, Debug)]
pub struct RawField {
    pub name: CString,
    pub alias: CString,
    pub kind: OGRFieldType::Type,
    pub subtype: OGRFieldSubType::Type,
}

/// The attributes of a layer, in GDAL's order.
pub fn fields(layer: &impl LayerAccess) -> Vec<RawField> {
    // SAFETY: the layer is alive for the whole call, its definition lives as long, and every index is below the count.
    unsafe {
        let definition = gdal_sys::OGR_L_GetLayerDefn(layer.c_layer());
        (0..gdal_sys::OGR_FD_GetFieldCount(definition))
            .map(|index| {
                let field = gdal_sys::OGR_FD_GetFieldDefn(definition, index);
                RawField {
                    name: owned(gdal_sys::OGR_Fld_GetNameRef(field)),
                    alias: owned(gdal_sys::OGR_Fld_GetAlternativeNameRef(field)),
                    kind: gdal_sys::OGR_Fld_GetType(field),
                    subtype: gdal_sys::OGR_Fld_GetSubType(field),
                }
            })
            .collect()
    }
}

/// A copy of a C string; the empty one for a null pointer.
///
/// # Safety
/// `text` is null or a C string.
unsafe fn owned(text: *const c_char) -> CString {
    if text.is_null() {
        CString::default()
    } else {
        // SAFETY: not null, and a C string by the contract of this function.
        unsafe { CStr::from_ptr(text) }.to_owned()
    }
}

/// Tells GDAL not to read these attributes (names as stored). What a driver cannot skip is read all the same.
pub fn ignore(layer: &OwnedLayer, names: &[CString]) {
    let mut pointers: Vec<*const c_char> = names.iter().map(|name| name.as_ptr()).collect();
    pointers.push(null());
    // SAFETY: the layer is alive, and the list of C strings ends with a null; GDAL copies what it keeps.
    unsafe { gdal_sys::OGR_L_SetIgnoredFields(layer.c_layer(), pointers.as_mut_ptr()) };
}

/// The features of a layer one after the other, the current one's values being asked for by index.
pub struct Rows<'a> {
    layer: OGRLayerH,
    feature: OGRFeatureH,
    fields: usize,
    shapes: usize,
    held: PhantomData<&'a mut OwnedLayer>,
}

/// A date and time as stored: year, month, day, hour, minute, and seconds; GDAL's time zone flag last.
pub type RawTime = (i32, i32, i32, i32, i32, f32, i32);

impl<'a> Rows<'a> {
    /// Begins at the first feature.
    pub fn of(layer: &'a mut OwnedLayer) -> Self {
        // SAFETY: the layer is borrowed for as long as the rows live, so nothing else moves its reading position.
        unsafe {
            let layer = layer.c_layer();
            gdal_sys::OGR_L_ResetReading(layer);
            let definition = gdal_sys::OGR_L_GetLayerDefn(layer);
            let count = |count: c_int| usize::try_from(count).unwrap_or(0);
            Self {
                layer,
                feature: null_mut(),
                fields: count(gdal_sys::OGR_FD_GetFieldCount(definition)),
                shapes: count(gdal_sys::OGR_FD_GetGeomFieldCount(definition)),
                held: PhantomData,
            }
        }
    }

    /// Makes the feature at this 0-based position the next one.
    pub fn seek(&mut self, position: i64) -> bool {
        // SAFETY: the layer is alive; a position behind the end is refused by GDAL.
        unsafe { gdal_sys::OGR_L_SetNextByIndex(self.layer, position) == OGRErr::OGRERR_NONE }
    }

    /// Goes to the next feature; false at the end, or at an error, which the messages tell.
    pub fn advance(&mut self) -> bool {
        self.let_go();
        // SAFETY: the layer is alive; the feature belongs to us and is destroyed in `let_go`.
        self.feature = unsafe { gdal_sys::OGR_L_GetNextFeature(self.layer) };
        !self.feature.is_null()
    }

    /// The id of the current feature.
    pub fn id(&self) -> i64 {
        // SAFETY: the feature is null, for which GDAL has an answer, or alive.
        unsafe { gdal_sys::OGR_F_GetFID(self.feature) }
    }

    fn let_go(&mut self) {
        if !self.feature.is_null() {
            // SAFETY: the feature is ours, alive, and forgotten at once.
            unsafe { gdal_sys::OGR_F_Destroy(self.feature) };
            self.feature = null_mut();
        }
    }

    /// The C index of an attribute of the current feature.
    fn index(&self, field: usize) -> c_int {
        assert!(
            !self.feature.is_null() && field < self.fields,
            "field {field} of {} in a current feature",
            self.fields
        );
        c_int::try_from(field).expect("GDAL counted the fields in an int")
    }

    pub fn is_null(&self, field: usize) -> bool {
        // SAFETY: `index` has checked that the feature is there and the index in range, here and in the calls below.
        unsafe { gdal_sys::OGR_F_IsFieldSetAndNotNull(self.feature, self.index(field)) == 0 }
    }

    pub fn integer(&self, field: usize) -> i64 {
        // SAFETY: as in `is_null`.
        unsafe { gdal_sys::OGR_F_GetFieldAsInteger64(self.feature, self.index(field)) }
    }

    pub fn real(&self, field: usize) -> f64 {
        // SAFETY: as in `is_null`.
        unsafe { gdal_sys::OGR_F_GetFieldAsDouble(self.feature, self.index(field)) }
    }

    /// The value as bytes; of a value that is no text, what GDAL writes for it.
    pub fn bytes(&mut self, field: usize) -> &[u8] {
        // SAFETY: as in `is_null`; the string lives until the feature's next call, which the exclusive borrow keeps away.
        unsafe {
            let text = gdal_sys::OGR_F_GetFieldAsString(self.feature, self.index(field));
            if text.is_null() {
                &[]
            } else {
                CStr::from_ptr(text).to_bytes()
            }
        }
    }

    /// A list of texts, joined by `;`.
    pub fn joined(&self, field: usize) -> Vec<u8> {
        let mut joined = Vec::new();
        // SAFETY: as in `is_null`; the list of C strings ends with a null and lives as long as the feature.
        unsafe {
            let mut item = gdal_sys::OGR_F_GetFieldAsStringList(self.feature, self.index(field));
            while !item.is_null() && !(*item).is_null() {
                if !joined.is_empty() {
                    joined.push(b';');
                }
                joined.extend_from_slice(CStr::from_ptr(*item).to_bytes());
                item = item.add(1);
            }
        }
        joined
    }

    pub fn time(&self, field: usize) -> Option<RawTime> {
        let mut time: RawTime = (0, 0, 0, 0, 0, 0.0, 0);
        // SAFETY: as in `is_null`; every pointer is to a number of the right type that outlives the call.
        let there = unsafe {
            gdal_sys::OGR_F_GetFieldAsDateTimeEx(
                self.feature,
                self.index(field),
                &raw mut time.0,
                &raw mut time.1,
                &raw mut time.2,
                &raw mut time.3,
                &raw mut time.4,
                &raw mut time.5,
                &raw mut time.6,
            )
        };
        (there != 0).then_some(time)
    }

    /// Writes the geometry as ISO WKB over `wkb`; false where there is none.
    pub fn wkb(&self, geometry: usize, wkb: &mut Vec<u8>) -> bool {
        wkb.clear();
        assert!(!self.feature.is_null() && geometry < self.shapes);
        let index = c_int::try_from(geometry).unwrap_or(0);
        // SAFETY: the feature is there and the index in range; the geometry belongs to the feature and is only read;
        // the buffer has the length that GDAL asked for.
        unsafe {
            let shape = gdal_sys::OGR_F_GetGeomFieldRef(self.feature, index);
            if shape.is_null() {
                return false;
            }
            wkb.resize(gdal_sys::OGR_G_WkbSizeEx(shape), 0);
            gdal_sys::OGR_G_ExportToIsoWkb(shape, OGRwkbByteOrder::wkbNDR, wkb.as_mut_ptr())
                == OGRErr::OGRERR_NONE
        }
    }
}

impl Drop for Rows<'_> {
    fn drop(&mut self) {
        self.let_go();
        // SAFETY: the layer is still borrowed, hence alive.
        unsafe { gdal_sys::OGR_L_ResetReading(self.layer) };
    }
}

/// The rows of a layer in batches, as GDAL's Arrow stream gives them.
///
/// arrow-rs has a reader for such streams, but it panics where a stream fails without a message.
pub struct Stream<'a> {
    source: Box<FFI_ArrowArrayStream>,
    schema: SchemaRef,
    held: PhantomData<&'a mut OwnedLayer>,
}

impl<'a> Stream<'a> {
    /// Asks GDAL for the stream and its schema.
    pub fn of(layer: &'a mut OwnedLayer, options: &CslStringList) -> Result<Self, String> {
        let mut stream = Box::new(FFI_ArrowArrayStream::empty());
        // SAFETY: both structs are the one of the Arrow C stream interface; the layer is borrowed as long as the stream
        // lives; the schema is ours once the call has returned 0, and released by its own drop.
        unsafe {
            layer
                .read_arrow_stream((&raw mut *stream).cast(), options)
                .map_err(|error| error.to_string())?;
            let get_schema = stream.get_schema.ok_or("the stream has no schema")?;
            let mut schema = FFI_ArrowSchema::empty();
            if get_schema(&raw mut *stream, &raw mut schema) != 0 {
                return Err("the stream gives no schema".to_owned());
            }
            let schema = Schema::try_from(&schema).map_err(|error| error.to_string())?;
            Ok(Self {
                source: stream,
                schema: Arc::new(schema),
                held: PhantomData,
            })
        }
    }

    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// The columns of the next batch and its count of rows; `None` at the end.
    pub fn next(&mut self) -> Result<Option<(Vec<ArrayRef>, usize)>, String> {
        let get_next = self.source.get_next.ok_or("the stream is closed")?;
        let mut array = FFI_ArrowArray::empty();
        // SAFETY: the stream is alive; the array is ours once the call has returned 0, and has the type of the schema.
        unsafe {
            if get_next(&raw mut *self.source, &raw mut array) != 0 {
                return Err(self.last_error());
            }
            if array.is_released() {
                return Ok(None);
            }
            let kind = DataType::Struct(self.schema.fields().clone());
            let data = from_ffi_and_data_type(array, kind).map_err(|error| error.to_string())?;
            let batch = StructArray::from(data);
            let rows = batch.len();
            Ok(Some((batch.into_parts().1, rows)))
        }
    }

    fn last_error(&mut self) -> String {
        // SAFETY: the stream is alive; the text is null or a C string that lives until its next call.
        let text = unsafe {
            self.source
                .get_last_error
                .map(|last| owned(last(&raw mut *self.source)))
        };
        text.filter(|text| !text.is_empty())
            .map_or_else(String::new, |text| text.to_string_lossy().into_owned())
    }
}
