"use strict";
// What the page can do beyond being read: tell where a number comes from, filter events, show syntax trees.
// The artifacts are packed into the page; nothing is ever fetched.
(() => {
  const root = document.documentElement;
  const run = document.body.dataset.run;
  const by = (id) => document.getElementById(id);
  root.classList.add("js");

  const unpack = async () => {
    const bytes = Uint8Array.from(atob(by("artifacts").textContent), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text();
  };
  let record;
  const artifacts = () => (record ??= unpack().then(JSON.parse));
  window.proofmark = { unpack, artifacts, lookup: (place) => lookup(place) };

  // `.a[0]["b c"][]..d` as steps.
  const steps = (path) => [...path.matchAll(/\.\.([\w$]+)|\.([\w$]+)|\[(\d*)\]|\[("(?:[^"\\]|\\.)*")\]/g)].map(
    ([, anywhere, field, item, key]) =>
      anywhere ? { anywhere } : field ? { field } : key ? { field: JSON.parse(key) } : item === "" ? { each: true } : { field: Number(item) });

  const below = function* (value, name) {
    if (value === null || typeof value !== "object") return;
    for (const [key, item] of Object.entries(value)) {
      if (key === name) yield item;
      yield* below(item, name);
    }
  };

  // Values with the place each stands at: positional records are arrays, whose names are packed beside them.
  const take = ([it, at], step, positional) => {
    if (it === null || it === undefined) return [];
    if (step.each) return Array.isArray(it) ? it.map((item) => [item, `${at}[]`]) : [];
    if (step.anywhere) return [...below(it, step.anywhere)].map((item) => [item, at]);
    const names = Array.isArray(it) && typeof step.field === "string" ? positional[at] : undefined;
    const key = names ? names.indexOf(step.field) : step.field;
    const next = typeof step.field === "number" ? `${at}[]` : `${at}${at.endsWith("]") || at.includes(" ") ? "" : " "}.${step.field}`;
    return Object.hasOwn(Object(it), key) ? [[it[key], next]] : [];
  };

  const lookup = async (place) => {
    const [, other, name, path] = place.match(/^(.*?):(\S+) ?([^]*)$/) ?? [];
    if (other) return [];
    const all = await artifacts();
    const start = [[name === "bundle" ? all.bundle : all.artifacts[name], `:${name}`]];
    return steps(path).reduce((found, step) => found.flatMap((it) => take(it, step, all.positional)), start).map(([it]) => it);
  };

  const whole = (text, element) => text.replaceAll("~", element.closest("[data-base]")?.dataset.base ?? "~");

  const inspect = async (element) => {
    const place = element.dataset.path && whole(element.dataset.path, element);
    const formula = element.dataset.formula && whole(element.dataset.formula, element);
    by("inspected-value").textContent = element.getAttribute("value") ?? element.textContent;
    by("inspected-unit").textContent = element.textContent === element.getAttribute("value") ? "" : `shown as ${element.textContent.trim()}`;
    by("inspected-path").textContent = place ? `proofmark show ${place.startsWith(":") ? run : ""}${place}` : formula;
    by("inspected-found").textContent = formula ? "computed from fields by this formula" : "";
    by("inspector").hidden = false;
    if (place) {
      const found = await lookup(place);
      by("inspected-found").textContent = found.length ? `in the record: ${JSON.stringify(found[0]).slice(0, 400)}` : "not packed into this page";
    }
  };

  document.addEventListener("click", (event) => {
    const element = event.target.closest("data, [data-path]");
    if (element) inspect(element);
    else if (!event.target.closest("#inspector")) by("inspector").hidden = true;
  });
  by("inspector-close").addEventListener("click", () => { by("inspector").hidden = true; });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") by("inspector").hidden = true; });

  // A plan wider than its box begins with its middle, where its root is.
  const centre = (plan) => plan.querySelectorAll(".map-box").forEach((it) => { it.scrollLeft = (it.scrollWidth - it.clientWidth) / 2; });
  for (const plan of document.querySelectorAll("details.plan")) {
    plan.addEventListener("toggle", () => centre(plan), { once: true });
    centre(plan);
  }

  // A link into something that is closed opens it.
  const open = () => {
    for (let it = by(decodeURIComponent(location.hash.slice(1))); it; it = it.parentElement) if (it.tagName === "DETAILS") it.open = true;
    if (location.hash) by(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", open);
  if (location.hash) open();
  addEventListener("beforeprint", () => document.querySelectorAll("details.plan, details.files").forEach((it) => { it.open = true; }));

  const filter = document.querySelector(".filter");
  if (filter) {
    const rows = [...document.querySelectorAll(".events tbody tr")];
    const apply = () => {
      const kinds = new Set([...filter.querySelectorAll("[name=kind]:checked")].map((it) => it.value));
      const text = filter.querySelector("[name=text]").value.toLowerCase();
      let shown = 0;
      for (const row of rows) {
        row.hidden = !kinds.has(row.dataset.kind) || !row.textContent.toLowerCase().includes(text);
        shown += row.hidden ? 0 : 1;
      }
      filter.querySelector("output").textContent = shown === rows.length ? "" : `${shown} of ${rows.length}`;
    };
    filter.hidden = false;
    filter.addEventListener("input", apply);
  }

  const TREE_CHARS_MAX = 200000;
  for (const place of document.querySelectorAll("[data-tree]")) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "show" });
    button.addEventListener("click", async () => {
      const text = JSON.stringify((await lookup(place.dataset.tree))[0], null, 2) ?? "not packed into this page";
      const rest = text.length - TREE_CHARS_MAX;
      const tree = Object.assign(document.createElement("pre"), { className: "sql tree", textContent: rest > 0 ? `${text.slice(0, TREE_CHARS_MAX)}\n… ${rest} more characters` : text });
      button.replaceWith(tree);
    });
    place.after(" ", button);
  }
})();
