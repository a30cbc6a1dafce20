// The network of the page: it is drawn by sigma.js, can be searched, and shows the neighbours of a node.
// It is read where there is WebGL; elsewhere the still drawing stays.
(() => {
"use strict";

const MATCHES = 12, NAMED_NEIGHBOURS = 25;
const FADED = "rgba(160,168,176,0.3)", INK = "#1B2530";
const figure = document.querySelector(".network"), live = figure.querySelector(".live");
const part = name => live.querySelector(`.${name}`);
const [stage, input, matches, told, others] = ["stage", "find", "matches", "told", "neighbours"].map(part);
const data = JSON.parse(figure.querySelector(".data").textContent);
const duration = matchMedia("(prefers-reduced-motion: reduce)").matches ? 1 : 400;
const about = node => [...new Set([data.names[node], data.kinds[data.styles[node]].name, data.ids[node]])].join(" · ");
const filled = (sentence, gaps) => sentence.replace(/\{(\w+)\}/g, (_, name) => gaps[name]);

function made(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

// ---- shapes: each mark is a fan of triangles around its middle, dark where it is near its outline ----

const VERTEX = `
attribute vec2 a_position; attribute float a_size; attribute vec4 a_color; attribute vec4 a_id;
attribute vec3 a_corner;
uniform mat3 u_matrix; uniform float u_sizeRatio; uniform float u_correctionRatio;
varying vec4 v_color; varying float v_depth; varying float v_outline;
void main() {
  float pixels = a_size / u_sizeRatio;
  vec2 place = a_position + a_corner.xy * pixels * u_correctionRatio * 2.0;
  gl_Position = vec4((u_matrix * vec3(place, 1)).xy, 0, 1);
  v_depth = a_corner.z * pixels;
  v_outline = min(0.5, 0.06 * pixels);
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`;
const FRAGMENT = `
precision highp float;
varying vec4 v_color; varying float v_depth; varying float v_outline;
void main() {
  #ifdef PICKING_MODE
  gl_FragColor = v_color;
  #else
  vec3 ink = mix(vec3(0.13), v_color.rgb, smoothstep(v_outline, v_outline + 0.6, v_depth));
  gl_FragColor = vec4(ink, 1.0) * v_color.a * smoothstep(0.0, 0.6, v_depth);
  #endif
}`;

// The depth of a point is its distance from the outline; within a triangle of the fan it changes evenly.
function fan(corners) {
  return corners.flatMap(([x, y], place) => {
    const [nextX, nextY] = corners[(place + 1) % corners.length];
    const depth = Math.abs(x * nextY - y * nextX) / Math.hypot(nextX - x, nextY - y);
    return [[0, 0, depth], [x, -y, 0], [nextX, -nextY, 0]];
  });
}

function program(corners) {
  const {FLOAT, UNSIGNED_BYTE, TRIANGLES} = WebGLRenderingContext;
  const triangles = fan(corners);
  return class extends Sigma.rendering.NodeProgram {
    getDefinition() {
      return {
        VERTICES: triangles.length,
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: FRAGMENT,
        METHOD: TRIANGLES,
        UNIFORMS: ["u_sizeRatio", "u_correctionRatio", "u_matrix"],
        ATTRIBUTES: [
          {name: "a_position", size: 2, type: FLOAT},
          {name: "a_size", size: 1, type: FLOAT},
          {name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true},
          {name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true},
        ],
        CONSTANT_ATTRIBUTES: [{name: "a_corner", size: 3, type: FLOAT}],
        CONSTANT_DATA: triangles,
      };
    }
    processVisibleItem(id, start, node) {
      this.array.set([node.x, node.y, node.size, Sigma.utils.floatColor(node.color), id], start);
    }
    setUniforms({sizeRatio, correctionRatio, matrix}, {gl, uniformLocations}) {
      gl.uniform1f(uniformLocations.u_sizeRatio, sizeRatio);
      gl.uniform1f(uniformLocations.u_correctionRatio, correctionRatio);
      gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
    }
  };
}

// ---- the network ----

// sigma.js blends colours that are already multiplied by their opacity
const arcColour = `rgba(${[91, 100, 112].map(channel => Math.round(channel * data.opacity))},${data.opacity})`;

function network() {
  const graph = new graphology.UndirectedGraph();
  data.names.forEach((label, node) => graph.addNode(node, {
    label,
    x: data.x[node],
    y: -data.y[node],
    size: Math.sqrt(data.areas[node]),
    color: data.kinds[data.styles[node]].colour,
    type: String(data.styles[node]),
  }));
  for (let end = 0; end < data.ends.length; end += 2) graph.addEdge(data.ends[end], data.ends[end + 1]);
  return graph;
}

let written = [];

function meets(box) {
  return written.some(other => box.every((low, axis) => axis > 1 || (low < other[axis + 2] && other[axis] < box[axis + 2])));
}

function cut(context, text, room) {
  let kept = text;
  while (kept && context.measureText(kept === text ? text : `${kept}…`).width > room) kept = kept.slice(0, -1).trimEnd();
  return kept === text ? text : `${kept}…`;
}

// A name below its node, black with white around it, never beyond the edge of the drawing or over another name.
function named(context, {label, x, y, size, highlighted}) {
  if (!label) return;
  context.font = `${highlighted ? "bold " : ""}12.5px ${getComputedStyle(stage).fontFamily}`;
  context.textAlign = "center";
  context.lineJoin = "round";
  context.lineWidth = highlighted ? 6 : 3.5;
  context.strokeStyle = "#FFF";
  context.fillStyle = "#000";
  const text = cut(context, label, highlighted ? stage.clientWidth - 12 : 190);
  const half = context.measureText(text).width / 2 + 4;
  const middle = Math.max(half, Math.min(x, stage.clientWidth - half));
  const bottom = y + size * 0.7 + 13, box = [middle - half, bottom - 13, middle + half, bottom + 4];
  if (!highlighted && meets(box)) return;
  written.push(box);
  context.strokeText(text, middle, bottom);
  context.fillText(text, middle, bottom);
}

const graph = network();
let chosen = null, near = new Set(), foremost = new Set();

function shownNode(node, given) {
  if (chosen === null) return given;
  if (node === chosen) return {...given, highlighted: true, forceLabel: true, zIndex: 2};
  if (near.has(node)) return {...given, forceLabel: foremost.has(node), zIndex: 1};
  return {...given, label: "", color: FADED, zIndex: 0};
}

function shownArc(arc, given) {
  if (chosen === null) return given;
  return graph.hasExtremity(arc, chosen) ? {...given, color: INK, size: 2} : {...given, hidden: true};
}

function started() {
  const programs = Object.fromEntries(data.kinds.map(({corners}, style) => [style, program(corners)]));
  return new Sigma(graph, stage, {
    nodeProgramClasses: programs,
    itemSizesReference: "positions",
    defaultEdgeColor: arcColour,
    minEdgeThickness: 1.3,
    nodeReducer: shownNode,
    edgeReducer: shownArc,
    defaultDrawNodeLabel: named,
    defaultDrawNodeHover: (context, node) => named(context, {...node, highlighted: true}),
    labelRenderedSizeThreshold: 7,
    labelGridCellSize: 120,
    minCameraRatio: 0.02,
    maxCameraRatio: 1.5,
    allowInvalidContainer: true,  // on paper it has no width
    stagePadding: 16,
    zIndex: true,
  });
}

live.hidden = false;
figure.classList.add("answers");
const sigma = started(), camera = sigma.getCamera();
sigma.on("beforeRender", () => { written = []; });
sigma.refresh();

// ---- a node and its neighbours ----

function look(node) {
  const middle = sigma.getNodeDisplayData(node);
  const spread = Math.max(...[...near].map(other => {
    const {x, y} = sigma.getNodeDisplayData(other);
    return Math.max(Math.abs(x - middle.x), Math.abs(y - middle.y));
  }), 0);
  camera.animate({x: middle.x, y: middle.y, ratio: Math.min(1, Math.max(0.15, 2.4 * spread))}, {duration});
}

function choose(node) {
  chosen = node;
  near = new Set(node === null ? [] : graph.neighbors(node));
  const largest = [...near].sort((a, b) => data.areas[b] - data.areas[a]);
  foremost = new Set(largest.slice(0, NAMED_NEIGHBOURS));
  told.textContent = node === null ? "" : filled(data.words.chosen, {node: about(node), count: near.size});
  others.replaceChildren(...largest.map(other => made("li", {},
    made("button", {type: "button", textContent: data.names[other], title: about(other), onclick: () => show(other)}))));
  input.value = node === null ? "" : data.names[node];
  sigma.refresh();
  if (node !== null) look(node);
}

function show(node) {
  choose(node);
  part("board").scrollIntoView({block: "nearest"});
}

// ---- finding ----

const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const texts = data.names.map((name, node) => [plain(name), plain(data.ids[node])]);
let active = -1;

function found(query) {
  const whole = texts.map(both => Math.min(...both.map(text => {
    const place = text.indexOf(query);
    return place < 0 ? 3 : text === query ? 0 : place ? 2 : 1;
  })));
  const fitting = [...whole.keys()].filter(node => whole[node] < 3);
  return fitting.sort((a, b) => whole[a] - whole[b] || data.areas[b] - data.areas[a] || a - b);
}

function point(place) {
  active = place;
  [...matches.children].forEach((option, at) => option.setAttribute("aria-selected", at === place));
  matches.children[place]?.scrollIntoView({block: "nearest"});
  if (place < 0) input.removeAttribute("aria-activedescendant");
  else input.setAttribute("aria-activedescendant", matches.children[place].id);
}

function list(nodes) {
  matches.replaceChildren(...nodes.map((node, place) => {
    const option = made("li", {id: `match-${place}`, onclick: () => pick(node), textContent: about(node)});
    option.setAttribute("role", "option");
    option.dataset.node = node;
    return option;
  }));
  matches.hidden = !nodes.length;
  input.setAttribute("aria-expanded", String(!!nodes.length));
  point(-1);
  matches.scrollIntoView({block: "nearest"});
}

function pick(node) {
  list([]);
  show(String(node));
}

function search() {
  const query = plain(input.value.trim());
  const nodes = query ? found(query) : [];
  list(nodes.slice(0, MATCHES));
  const sentence = !query ? "" : !nodes.length ? data.words.none : nodes.length > MATCHES ? data.words.cut : data.words.found;
  told.textContent = filled(sentence, {count: nodes.length, shown: MATCHES});
}

const KEYS = {
  ArrowDown: () => matches.hidden ? search() : point((active + 1) % matches.children.length),
  ArrowUp: () => point((active < 1 ? matches.children.length : active) - 1),
  Enter: () => { const option = matches.children[Math.max(active, 0)]; if (option) pick(option.dataset.node); },
  Escape: () => { if (matches.hidden) choose(null); list([]); },
};
input.addEventListener("input", search);
input.addEventListener("blur", () => list([]));
matches.addEventListener("mousedown", event => event.preventDefault());
input.addEventListener("keydown", event => {
  if (event.isComposing || !(event.key in KEYS)) return;  // while a Chinese word is put together, keys are not ours
  event.preventDefault();
  KEYS[event.key]();
});

// ---- the pointer; a wheel and one finger scroll the page ----

sigma.on("clickNode", ({node}) => choose(node));
sigma.on("clickStage", () => choose(null));
sigma.on("enterNode", () => stage.classList.add("pointed"));
sigma.on("leaveNode", () => stage.classList.remove("pointed"));
for (const [name, passes] of [
  ["wheel", event => !event.ctrlKey && !event.metaKey],
  ["touchstart", event => event.touches.length < 2],
  ["touchmove", event => event.touches.length < 2],
]) stage.addEventListener(name, event => passes(event) && event.stopPropagation(), {capture: true, passive: true});
part("larger").addEventListener("click", () => camera.animatedZoom({duration}));
part("smaller").addEventListener("click", () => camera.animatedUnzoom({duration}));
part("whole").addEventListener("click", () => { choose(null); camera.animatedReset({duration}); });

// ---- the legend ----

const SVG = "http://www.w3.org/2000/svg";
part("legend").append(...data.kinds.map(({name, count, colour, corners}) => {
  const mark = document.createElementNS(SVG, "svg"), outline = document.createElementNS(SVG, "polygon");
  for (const [key, value] of [["viewBox", "-1 -1 2 2"], ["width", 18], ["height", 18], ["aria-hidden", "true"]]) {
    mark.setAttribute(key, value);
  }
  outline.setAttribute("points", corners.map(([x, y]) => `${x * 1.05},${y * 1.05}`).join(" "));
  outline.setAttribute("fill", colour);
  mark.append(outline);
  return made("li", {}, mark, `${name} ${count}`);
}));
})();
