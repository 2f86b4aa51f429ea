//! Systems of coordinates as PROJ keeps them in its register; all calls of its C interface that reading needs are here.

#![expect(
    unsafe_code,
    reason = "PROJ's register of systems has no binding in the `proj` crate"
)]

use std::ffi::{CStr, CString, c_char, c_int};
use std::ptr::{null, null_mut};
use std::rc::Rc;

use proj_sys::{PJ, PJ_CONTEXT, PJ_TYPE};

use crate::geometry::keep_offline;

/// A context of PROJ's, for one thread.
struct Context(*mut PJ_CONTEXT);

impl Drop for Context {
    fn drop(&mut self) {
        // SAFETY: it was made by `proj_context_create`, and no object of it is left: each holds it.
        unsafe { proj_sys::proj_context_destroy(self.0) };
    }
}

thread_local! {
    static CONTEXT: Rc<Context> = {
        keep_offline();
        // SAFETY: the context is made here; that PROJ may refuse is a null pointer, which it takes for its default one.
        unsafe {
            let context = proj_sys::proj_context_create();
            proj_sys::proj_log_level(context, proj_sys::PJ_LOG_LEVEL_PJ_LOG_NONE);
            // `+init=epsg:4549` is understood, as in old project files
            proj_sys::proj_context_use_proj4_init_rules(context, 1);
            Rc::new(Context(context))
        }
    };
}

/// A system of coordinates.
pub struct System {
    object: *mut PJ,
    context: Rc<Context>,
}

impl Drop for System {
    fn drop(&mut self) {
        // SAFETY: the object is ours and destroyed once, before its context.
        unsafe { proj_sys::proj_destroy(self.object) };
    }
}

/// A way of writing version 1 of WKT.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// As GDAL writes it, with codes.
    Gdal,
    /// As Esri's programs read it in a `.prj`.
    Esri,
}

/// What kind of system it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemKind {
    Projected,
    Geographic,
    Geocentric,
    Vertical,
    Other,
}

impl System {
    /// The object, where it is one and a system of coordinates.
    fn of(object: *mut PJ, context: Rc<Context>) -> Option<Self> {
        if object.is_null() {
            return None;
        }
        let made = Self { object, context };
        // SAFETY: the object is alive.
        (unsafe { proj_sys::proj_is_crs(made.object) } != 0).then_some(made)
    }

    /// An entry of the register of the EPSG; of a withdrawn one the only one that has taken its place.
    pub fn of_epsg(code: &str) -> Option<Self> {
        let context = CONTEXT.with(Rc::clone);
        let code = CString::new(code).ok()?;
        // SAFETY: the context is alive, and the texts are C strings that outlive the call.
        let object = unsafe {
            proj_sys::proj_create_from_database(
                context.0,
                c"EPSG".as_ptr(),
                code.as_ptr(),
                proj_sys::PJ_CATEGORY_PJ_CATEGORY_CRS,
                1,
                null(),
            )
        };
        let found = Self::of(object, context)?;
        Some(found.successor().unwrap_or(found))
    }

    fn successor(&self) -> Option<Self> {
        // SAFETY: object and context are alive; the list is destroyed here, what is taken of it is ours.
        let object = unsafe {
            if proj_sys::proj_is_deprecated(self.object) == 0 {
                return None;
            }
            let list = proj_sys::proj_get_non_deprecated(self.context.0, self.object);
            if list.is_null() {
                return None;
            }
            let object = if proj_sys::proj_list_get_count(list) == 1 {
                proj_sys::proj_list_get(self.context.0, list, 0)
            } else {
                null_mut()
            };
            proj_sys::proj_list_destroy(list);
            object
        };
        Self::of(object, Rc::clone(&self.context))
    }

    /// What PROJ makes of WKT of any kind.
    pub fn of_wkt(text: &str) -> Option<Self> {
        let context = CONTEXT.with(Rc::clone);
        let text = CString::new(text).ok()?;
        let (mut warnings, mut errors) = (null_mut(), null_mut());
        // SAFETY: the context is alive and the text a C string; both lists are ours, and may be null.
        let object = unsafe {
            let object = proj_sys::proj_create_from_wkt(
                context.0,
                text.as_ptr(),
                null(),
                &raw mut warnings,
                &raw mut errors,
            );
            proj_sys::proj_string_list_destroy(warnings);
            proj_sys::proj_string_list_destroy(errors);
            object
        };
        Self::of(object, context)
    }

    /// What PROJ makes of any other text.
    pub fn of_text(text: &str) -> Option<Self> {
        let context = CONTEXT.with(Rc::clone);
        let text = CString::new(text).ok()?;
        // SAFETY: the context is alive and the text a C string.
        let object = unsafe { proj_sys::proj_create(context.0, text.as_ptr()) };
        Self::of(object, context)
    }

    /// The system of longitudes and latitudes that it is made upon.
    pub fn base(&self) -> Option<Self> {
        // SAFETY: object and context are alive; what is given is ours.
        let object = unsafe { proj_sys::proj_crs_get_geodetic_crs(self.context.0, self.object) };
        Self::of(object, Rc::clone(&self.context))
    }

    pub fn kind(&self) -> SystemKind {
        // SAFETY: the object is alive.
        let kind: PJ_TYPE = unsafe { proj_sys::proj_get_type(self.object) };
        match kind {
            proj_sys::PJ_TYPE_PJ_TYPE_PROJECTED_CRS => SystemKind::Projected,
            proj_sys::PJ_TYPE_PJ_TYPE_GEOGRAPHIC_2D_CRS
            | proj_sys::PJ_TYPE_PJ_TYPE_GEOGRAPHIC_3D_CRS => SystemKind::Geographic,
            proj_sys::PJ_TYPE_PJ_TYPE_GEOCENTRIC_CRS => SystemKind::Geocentric,
            proj_sys::PJ_TYPE_PJ_TYPE_VERTICAL_CRS => SystemKind::Vertical,
            _ => SystemKind::Other,
        }
    }

    pub fn name(&self) -> String {
        // SAFETY: the object is alive; the text lives as long.
        unsafe { owned(proj_sys::proj_get_name(self.object)) }.unwrap_or_default()
    }

    /// Register and code, where it says them.
    pub fn id(&self) -> Option<(String, String)> {
        // SAFETY: as in `name`.
        unsafe {
            owned(proj_sys::proj_get_id_auth_name(self.object, 0))
                .zip(owned(proj_sys::proj_get_id_code(self.object, 0)))
        }
    }

    pub fn projjson(&self) -> Option<String> {
        // SAFETY: object and context are alive; the text lives until the next call with the object.
        unsafe {
            owned(proj_sys::proj_as_projjson(
                self.context.0,
                self.object,
                null(),
            ))
        }
    }

    /// WKT 2 in one line.
    pub fn wkt(&self) -> Option<String> {
        self.written(proj_sys::PJ_WKT_TYPE_PJ_WKT2_2019)
    }

    /// WKT 1 in one line, where it can say this system.
    pub fn older_wkt(&self, dialect: Dialect) -> Option<String> {
        self.written(match dialect {
            Dialect::Gdal => proj_sys::PJ_WKT_TYPE_PJ_WKT1_GDAL,
            Dialect::Esri => proj_sys::PJ_WKT_TYPE_PJ_WKT1_ESRI,
        })
    }

    fn written(&self, version: proj_sys::PJ_WKT_TYPE) -> Option<String> {
        let options = [c"MULTILINE=NO".as_ptr(), null()];
        // SAFETY: as in `projjson`; the list of options ends with a null.
        unsafe {
            owned(proj_sys::proj_as_wkt(
                self.context.0,
                self.object,
                version,
                options.as_ptr(),
            ))
        }
    }

    /// Where it may be used: west, south, east, north in degrees.
    pub fn area_of_use(&self) -> Option<[f64; 4]> {
        let [mut west, mut south, mut east, mut north] = [0.0; 4];
        // SAFETY: object and context are alive, and the numbers outlive the call.
        let known = unsafe {
            proj_sys::proj_get_area_of_use(
                self.context.0,
                self.object,
                &raw mut west,
                &raw mut south,
                &raw mut east,
                &raw mut north,
                null_mut(),
            )
        };
        (known != 0).then_some([west, south, east, north])
    }

    /// How many metres, or radians, the unit of its first axis is.
    pub fn unit(&self) -> Option<f64> {
        let mut factor = 1.0;
        // SAFETY: object and context are alive, the system of axes is destroyed here; null pointers are not asked for.
        unsafe {
            let axes = proj_sys::proj_crs_get_coordinate_system(self.context.0, self.object);
            if axes.is_null() {
                return None;
            }
            let known = proj_sys::proj_cs_get_axis_info(
                self.context.0,
                axes,
                0,
                null_mut(),
                null_mut(),
                null_mut(),
                &raw mut factor,
                null_mut(),
                null_mut(),
                null_mut(),
            );
            proj_sys::proj_destroy(axes);
            (known != 0).then_some(factor)
        }
    }

    /// The systems of the register that are this one, each with PROJ's confidence (90 and more: the same but for its name).
    pub fn matches(&self) -> Vec<(Self, i32)> {
        let mut found = Vec::new();
        let mut confidence: *mut c_int = null_mut();
        // SAFETY: object and context are alive; PROJ gives a list and as many numbers, of which all is copied or ours
        // before both are destroyed.
        unsafe {
            let list = proj_sys::proj_identify(
                self.context.0,
                self.object,
                null(),
                null(),
                &raw mut confidence,
            );
            if list.is_null() {
                return found;
            }
            for index in 0..proj_sys::proj_list_get_count(list) {
                let object = proj_sys::proj_list_get(self.context.0, list, index);
                let place = usize::try_from(index).unwrap_or_default();
                if let Some(system) = Self::of(object, Rc::clone(&self.context)) {
                    found.push((system, *confidence.add(place)));
                }
            }
            proj_sys::proj_int_list_destroy(confidence);
            proj_sys::proj_list_destroy(list);
        }
        found
    }

    /// Takes places of this system to another, longitude or easting first on both sides; nothing where there is no way.
    pub fn take_to<const N: usize>(
        &self,
        to: &Self,
        mut x: [f64; N],
        mut y: [f64; N],
    ) -> Option<[[f64; N]; 2]> {
        // SAFETY: objects and context are alive, operations are destroyed here; both lists have `N` numbers that are
        // apart by the size of one.
        let taken = unsafe {
            let way = proj_sys::proj_create_crs_to_crs_from_pj(
                self.context.0,
                self.object,
                to.object,
                null_mut(),
                null(),
            );
            if way.is_null() {
                return None;
            }
            let shown = proj_sys::proj_normalize_for_visualization(self.context.0, way);
            proj_sys::proj_destroy(way);
            if shown.is_null() {
                return None;
            }
            let step = size_of::<f64>();
            let taken = proj_sys::proj_trans_generic(
                shown,
                proj_sys::PJ_DIRECTION_PJ_FWD,
                x.as_mut_ptr(),
                step,
                N,
                y.as_mut_ptr(),
                step,
                N,
                null_mut(),
                0,
                0,
                null_mut(),
                0,
                0,
            );
            proj_sys::proj_destroy(shown);
            taken
        };
        let all = x.iter().chain(&y).all(|number| number.is_finite());
        (taken == N && all).then_some([x, y])
    }
}

/// A copy of a C string; nothing for a null pointer.
///
/// # Safety
/// `text` is null or a C string.
unsafe fn owned(text: *const c_char) -> Option<String> {
    // SAFETY: not null, and a C string by the contract of this function.
    (!text.is_null()).then(|| {
        unsafe { CStr::from_ptr(text) }
            .to_string_lossy()
            .into_owned()
    })
}
