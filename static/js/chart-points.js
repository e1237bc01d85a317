// Shows what the nearest point of a chart says: year, value, change. By pointer, tap and keyboard.
// The drawing's own <title>s carry the words; without this script the browser shows them.
const SVG = "http://www.w3.org/2000/svg";
const LEADING = 1.4;
const PAD = 8;
const GAP = 9;
const KEYS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, Home: -Infinity, End: Infinity };

function element(name, attributes, parent) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
}

// A title beside the words of this script would hide them.
function points(drawing) {
  const titles = drawing.querySelectorAll("circle > title, a > title");
  return [...titles].map((title) => {
    const host = title.parentElement;
    const circle = host.localName === "a" ? host.querySelector("[data-kotaku-circle]") : host;
    const [x, y, r] = ["cx", "cy", "r"].map((name) => Number(circle.getAttribute(name)));
    const lines = title.textContent.trim().split("; ");
    title.remove();
    return { x, y, r, lines, host };
  });
}

function attach(drawing) {
  const all = points(drawing);
  if (!all.length) return;
  const isMap = all[0].host.localName === "a";
  // Left to right, and of several in one year the upper one first.
  const ordered = [...all].sort((one, other) => one.x - other.x || one.y - other.y);
  const start = isMap ? null : all.findLast((point) => point.host.matches(".chart-point"));
  const { width, height } = drawing.viewBox.baseVal;
  const spoken = document.createElement("p");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  drawing.after(spoken);
  let tip = null;
  let current = start;

  function hide() {
    tip?.remove();
    tip = null;
    spoken.textContent = "";
  }

  function show(point, isSpoken) {
    if (tip && point === current && !isSpoken) return;
    hide();
    current = point;
    const size = Number.parseFloat(getComputedStyle(drawing).fontSize) || 12;
    tip = element("g", { class: "chart-tip", "pointer-events": "none", "aria-hidden": "true" }, drawing);
    element("circle", { class: "chart-tip__ring", cx: point.x, cy: point.y, r: point.r + 4 }, tip);
    const box = element("rect", { class: "chart-tip__box", rx: 4 }, tip);
    const texts = point.lines.map((line, row) => {
      const text = element("text", row ? {} : { "font-weight": 700 }, tip);
      text.textContent = line;
      return text;
    });
    const across = Math.max(...texts.map((text) => text.getComputedTextLength())) + 2 * PAD;
    const down = texts.length * size * LEADING + PAD;
    const left = Math.max(1, Math.min(width - across - 1, point.x - across / 2));
    const above = point.y - point.r - GAP - down;
    const top = above >= 0 ? above : Math.min(height - down, point.y + point.r + GAP);
    const place = { x: left, y: top, width: across, height: down };
    for (const [key, value] of Object.entries(place)) box.setAttribute(key, value);
    texts.forEach((text, row) => {
      text.setAttribute("x", left + PAD);
      text.setAttribute("y", top + PAD / 2 + (row + 0.75) * size * LEADING);
    });
    if (isSpoken) spoken.textContent = point.lines.join(", ");
  }

  function nearest(event) {
    const matrix = drawing.getScreenCTM();
    if (!matrix) return null;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    const far = (point) => Math.hypot(point.x - at.x, point.y - at.y) - (isMap ? point.r : 0);
    const best = all.reduce((one, other) => (far(other) < far(one) ? other : one));
    return isMap && far(best) > GAP ? null : best;
  }

  drawing.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse") return;
    const point = nearest(event);
    if (point) show(point, false);
    else hide();
  });
  drawing.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse" && !drawing.contains(document.activeElement)) hide();
  });
  drawing.addEventListener("focusout", hide);
  if (isMap) {
    drawing.addEventListener("focusin", (event) => {
      const point = all.find((each) => each.host === event.target.closest("a"));
      if (point) show(point, false);
    });
    return;
  }
  drawing.setAttribute("tabindex", "0");
  drawing.addEventListener("focus", () => show(start, true));
  drawing.addEventListener("click", (event) => show(nearest(event) ?? start, true));
  drawing.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    if (!(event.key in KEYS)) return;
    event.preventDefault();
    const place = ordered.indexOf(current) + KEYS[event.key];
    show(ordered[Math.max(0, Math.min(ordered.length - 1, place))], true);
  });
}

for (const drawing of document.querySelectorAll("[data-kotaku-points]")) attach(drawing);
