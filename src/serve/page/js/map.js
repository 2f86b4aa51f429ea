// The map: its layers, what is chosen on it, what is pointed at.

import { at } from "./api.js";
import * as themes from "./themes.js";

/* global maplibregl */

export let map;
let run;
let theme = "land_use";
const empty = { type: "FeatureCollection", features: [] };
const clicks = [];

/** Functions that are asked, the last first, what a click means; the first that answers true has it. */
export const onClick = (does) => { clicks.push(does); };

const origin = () => window.location.origin;
const tiles = (layer, query) => [`${origin()}/tiles/${layer}/{z}/{x}/{y}${query ? `?${query}` : ""}`];

export async function begin(about) {
  run = about;
  maplibregl.setWorkerUrl("/page/maplibre/maplibre-gl-csp-worker.js");
  const [west, south, east, north] = run.bounds;
  map = new maplibregl.Map({
    container: "map",
    style: { version: 8, sources: {}, layers: [{ id: "paper", type: "background", paint: { "background-color": "#fbfaf7" } }] },
    bounds: [[west, south], [east, north]],
    fitBoundsOptions: { padding: 24 },
    maxZoom: 22, attributionControl: false, dragRotate: true, preserveDrawingBuffer: true, fadeDuration: 0,
  });
  map.addControl(new maplibregl.NavigationControl({ visualizePitch: false }), "top-right");
  map.addControl(new maplibregl.ScaleControl({ maxWidth: 140 }), "bottom-left");
  map.getCanvas().setAttribute("aria-label", at("middle").getAttribute("aria-label"));
  await map.once("load");
  themes.begin(map, run);
  layers();
  map.on("click", clicked);
  map.on("mousemove", (event) => { map.getCanvas().style.cursor = parcelAt(event.point) ? "pointer" : ""; });
  return map;
}

function layers() {
  if (run.base?.layers) {
    map.addSource("base", { type: "vector", tiles: [`${origin()}/base/{z}/{x}/{y}`], minzoom: run.base.zooms[0], maxzoom: run.base.zooms[1] });
    for (const name of run.base.layers) {
      const layer = { source: "base", "source-layer": name };
      map.addLayer({ id: `base-${name}-fill`, type: "fill", ...layer, filter: ["==", "$type", "Polygon"], paint: { "fill-color": "#ecebe6" } });
      map.addLayer({ id: `base-${name}-line`, type: "line", ...layer, paint: { "line-color": "#c9c7bf", "line-width": 0.8 } });
    }
  } else if (run.base) {
    map.addSource("base", { type: "raster", tiles: [`${origin()}/base/{z}/{x}/{y}`], tileSize: 256, minzoom: run.base.zooms[0], maxzoom: run.base.zooms[1] });
    map.addLayer({ id: "base", type: "raster", source: "base" });
  }
  map.addSource("parcels", { type: "vector", tiles: tiles("parcels"), maxzoom: 16 });
  const parcels = { source: "parcels", "source-layer": "parcels" };
  const opaque = run.base ? 0.6 : 1;
  map.addLayer({ id: "fill", type: "fill", ...parcels, paint: { "fill-opacity": opaque, "fill-antialias": false } });
  map.addLayer({ id: "hatch", type: "fill", ...parcels, paint: { "fill-antialias": false } });
  map.addLayer({ id: "out", type: "fill", ...parcels, filter: ["has", "out"], paint: { "fill-color": "#fbfaf7", "fill-opacity": 0.82, "fill-antialias": false } });
  if (run.layers.includes("buildings")) {
    map.addSource("buildings", { type: "vector", tiles: tiles("buildings"), minzoom: 14, maxzoom: 16 });
    map.addLayer({ id: "buildings", type: "fill", source: "buildings", "source-layer": "buildings", minzoom: 14.5, paint: { "fill-color": "#5b5f66", "fill-opacity": 0.45, "fill-outline-color": "#33363b" } });
  }
  if (run.layers.includes("scattered")) {
    map.addSource("scattered", { type: "vector", tiles: tiles("scattered"), maxzoom: 16 });
    const pieces = { source: "scattered", "source-layer": "scattered" };
    map.addLayer({ id: "scattered", type: "fill", ...pieces, minzoom: 11, paint: { "fill-pattern": "piece-corner" } });
    map.addLayer({ id: "scattered-line", type: "line", ...pieces, minzoom: 13, paint: { "line-color": "#9a5a00", "line-width": 1.2 } });
  }
  map.addLayer({ id: "line", type: "line", ...parcels, minzoom: 12, paint: { "line-color": "#4a4a46", "line-width": ["interpolate", ["linear"], ["zoom"], 12, 0.25, 17, 1.2] } });
  map.addLayer({ id: "names", type: "symbol", ...parcels, minzoom: 16.2, layout: { "text-field": ["get", "parcel_id"], "text-size": 11, "text-padding": 4 }, paint: { "text-color": "#222", "text-halo-color": "#fff", "text-halo-width": 1.4 } });
  for (const [id, colour, width, dash] of [["chosen", "#0b57d0", 3.5], ["several", "#7a1fa2", 3], ["pieces", "#b35c00", 3], ["lots", "#b3261e", 2.5], ["drawn", "#b3261e", 2.5, [2, 1.5]]]) {
    map.addSource(id, { type: "geojson", data: empty });
    if (id === "lots" || id === "pieces") map.addLayer({ id: `${id}-fill`, type: "fill", source: id, filter: ["==", "$type", "Polygon"], paint: { "fill-color": ["coalesce", ["get", "colour"], "#f0a030"], "fill-opacity": 0.45 } });
    map.addLayer({ id, type: "line", source: id, layout: { "line-join": "round" }, paint: { "line-color": colour, "line-width": width, ...(dash ? { "line-dasharray": dash } : {}) } });
  }
  map.addLayer({ id: "drawn-points", type: "circle", source: "drawn", filter: ["==", "$type", "Point"], paint: { "circle-radius": 4.5, "circle-color": "#fff", "circle-stroke-color": "#b3261e", "circle-stroke-width": 2 } });
  map.addLayer({ id: "lots-names", type: "symbol", source: "lots", layout: { "text-field": ["get", "name"], "text-size": 16 }, paint: { "text-color": "#7a120b", "text-halo-color": "#fff", "text-halo-width": 2 } });
  setTheme(theme);
}

export function setTheme(name) {
  theme = name;
  const { colour, pattern, hatched } = themes.paint(name);
  map.setPaintProperty("fill", "fill-color", colour);
  map.setLayoutProperty("hatch", "visibility", pattern ? "visible" : "none");
  if (pattern) {
    map.setFilter("hatch", ["in", ["get", name], hatched]);
    map.setPaintProperty("hatch", "fill-pattern", pattern);
  }
  themes.legend(name);
}

export const currentTheme = () => theme;

/** Shows which parcels a query leaves out. */
export const setQuery = (query) => map.getSource("parcels").setTiles(tiles("parcels", query));

export const features = (all) => ({ type: "FeatureCollection", features: all.map(([geometry, properties = {}]) => ({ type: "Feature", geometry, properties })) });

/** Draws something over the map. */
export const draw = (layer, all) => map.getSource(layer).setData(features(all));

export function zoomTo(box) {
  if (!box || box.length < 4) return;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  map.fitBounds([[box[0], box[1]], [box[2], box[3]]], { padding: 90, maxZoom: 18, duration: calm ? 0 : 500 });
}

/** The row of the parcel at a point of the map. */
export function parcelAt(point) {
  const found = map.queryRenderedFeatures(point, { layers: ["fill"] });
  return found.length ? found[0].id : null;
}

/** The id of the scattered piece at a point. */
export function pieceAt(point) {
  if (!map.getLayer("scattered")) return null;
  return map.queryRenderedFeatures(point, { layers: ["scattered"] })[0]?.properties.piece_id ?? null;
}

function clicked(event) {
  for (const does of [...clicks].reverse()) if (does(event)) return;
}

/** The middle of the map, for those who use the keyboard. */
export const middle = () => ({ lngLat: map.getCenter(), point: map.project(map.getCenter()) });
