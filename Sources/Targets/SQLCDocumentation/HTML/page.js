// What the page does beside being read: search, light and dark, and a diagram that moves. It takes texts from the page as texts, and
// never makes markup of them.
"use strict";
(() => {
  const root = document.documentElement;
  root.dataset.script = "on";
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  // Light and dark. Files opened from a disk may have nowhere to keep the choice.
  const kept = {
    get() { try { return localStorage.getItem("theme"); } catch { return null; } },
    set(value) { try { localStorage.setItem("theme", value); } catch { /* It holds until the page is closed. */ } },
  };
  const isTheme = (value) => value === "light" || value === "dark";
  if (isTheme(kept.get())) root.dataset.theme = kept.get();
  document.querySelector(".theme").addEventListener("click", () => {
    const isDark = isTheme(root.dataset.theme)
      ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
    kept.set(root.dataset.theme);
  });

  // Search: an entry stays when it has every word.
  const field = document.querySelector("input[type=search]");
  const entries = all("[data-entry]").map((element) => ({
    element, text: element.textContent.toLowerCase(), name: element.querySelector("h3 a").textContent.toLowerCase(),
  }));
  const links = new Map(all("nav a").map((link) => [link.getAttribute("href").slice(1), link.parentElement]));
  const sections = all(".entries, .diagrams, .overview");
  const matches = document.querySelector(".matches");
  const empty = document.querySelector(".empty");
  function search() {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { element, text } of entries) {
      element.hidden = !words.every((word) => text.includes(word));
      const link = links.get(element.id);
      if (link) link.hidden = element.hidden;
      if (!element.hidden) count += 1;
    }
    for (const section of sections) {
      section.hidden = words.length > 0
        && (!section.matches(".entries") || !section.querySelector("[data-entry]:not([hidden])"));
    }
    // What is called so comes first.
    for (const section of all(".entries")) {
      const own = entries.filter(({ element }) => element.parentElement === section);
      const named = ({ name }) => words.length > 0 && words.some((word) => name.includes(word)) ? 0 : 1;
      own.map((entry, place) => ({ entry, place }))
        .sort((a, b) => named(a.entry) - named(b.entry) || a.place - b.place)
        .forEach(({ entry }, place) => { entry.element.dataset.order = place; });
      const order = own.slice().sort((a, b) => a.element.dataset.order - b.element.dataset.order);
      for (const { element } of order) section.append(element);
    }
    matches.textContent = words.length > 0 ? `${count} found` : "";
    empty.hidden = words.length === 0 || count > 0;
  }
  field.addEventListener("input", search);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && event.target !== field) {
      event.preventDefault();
      field.focus();
    } else if (event.key === "Escape") {
      if (event.target === field) { field.value = ""; search(); } else diagrams.forEach((diagram) => diagram.show(null));
    }
  });
  // A link leads to what a search has hidden.
  function reveal() {
    const target = document.getElementById(location.hash.slice(1));
    if (!target || !target.closest("[hidden]")) return;
    field.value = "";
    search();
    target.scrollIntoView();
  }
  addEventListener("hashchange", reveal);

  // Diagrams.
  class Diagram {
    constructor(svg) {
      this.svg = svg;
      this.boxes = all(".box", svg);
      this.relations = all(".relation", svg);
      const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
      this.whole = { x: 0, y: 0, width, height };
      this.pointers = new Map();
      this.moved = 0;
      this.fit(this.whole);
      svg.addEventListener("wheel", (event) => {
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        this.zoom(Math.exp(event.deltaY / 300), this.point(event));
      }, { passive: false });
      svg.addEventListener("pointerdown", (event) => {
        this.pointers.set(event.pointerId, event);
        this.moved = 0;
      });
      svg.addEventListener("pointermove", (event) => this.drag(event));
      for (const name of ["pointerup", "pointercancel"]) {
        svg.addEventListener(name, (event) => this.pointers.delete(event.pointerId));
      }
      svg.addEventListener("click", (event) => {
        if (this.moved > 5) return;
        const box = event.target.closest(".box");
        this.show(box && !box.classList.contains("chosen") ? box.dataset.table : null);
      });
      svg.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.target.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      });
      all("[data-do]", svg.closest(".diagrams")).forEach((button) => button.addEventListener("click", () => {
        switch (button.dataset.do) {
          case "in": return this.zoom(1 / 1.3);
          case "out": return this.zoom(1.3);
          default: return this.show(null);
        }
      }));
    }

    /// A place of the window in the diagram.
    point(event) {
      const matrix = this.svg.getScreenCTM();
      return new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    }

    set(view) {
      this.view = view;
      this.svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    }

    /// Nothing is shown larger than it is.
    fit(frame) {
      const { clientWidth: width, clientHeight: height } = this.svg.parentElement;
      const scale = Math.max(1, frame.width / (width || 1), frame.height / (height || 1));
      const view = { width: (width || frame.width) * scale, height: (height || frame.height) * scale };
      view.x = frame.x + (frame.width - view.width) / 2;
      view.y = frame.y + (frame.height - view.height) / 2;
      this.set(view);
    }

    zoom(factor, around) {
      const view = this.view;
      const width = Math.min(Math.max(view.width * factor, 120), 4 * Math.max(this.whole.width, 1200));
      const by = width / view.width;
      const at = around || { x: view.x + view.width / 2, y: view.y + view.height / 2 };
      this.set({
        x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by, width, height: view.height * by,
      });
    }

    drag(event) {
      const before = this.pointers.get(event.pointerId);
      if (!before) return;
      const scale = this.view.width / this.svg.clientWidth;
      const others = Array.from(this.pointers.values()).filter((other) => other.pointerId !== event.pointerId);
      if (others.length > 0) {
        const distance = (a) => Math.hypot(a.clientX - others[0].clientX, a.clientY - others[0].clientY) || 1;
        this.zoom(distance(before) / distance(event), this.point(event));
        this.moved = 100;
      } else {
        const [x, y] = [event.clientX - before.clientX, event.clientY - before.clientY];
        this.moved += Math.abs(x) + Math.abs(y);
        if (this.moved > 5 && !this.svg.hasPointerCapture(event.pointerId)) this.svg.setPointerCapture(event.pointerId);
        this.set({ ...this.view, x: this.view.x - x * scale, y: this.view.y - y * scale });
      }
      this.pointers.set(event.pointerId, event);
    }

    /// A table with its neighbours, or everything.
    show(table) {
      const near = new Set([table]);
      for (const { dataset } of this.relations) {
        if (dataset.child === table) near.add(dataset.parent);
        if (dataset.parent === table) near.add(dataset.child);
      }
      const isAway = (tables) => table !== null && !tables;
      this.svg.classList.toggle("isolated", table !== null);
      let frame = null;
      for (const box of this.boxes) {
        box.classList.toggle("chosen", box.dataset.table === table);
        box.classList.toggle("away", isAway(near.has(box.dataset.table)));
        if (table === null || box.classList.contains("away")) continue;
        const { x, y, width, height } = box.querySelector("rect").getBBox();
        frame = frame || { left: x, top: y, right: x + width, bottom: y + height };
        frame.left = Math.min(frame.left, x);
        frame.top = Math.min(frame.top, y);
        frame.right = Math.max(frame.right, x + width);
        frame.bottom = Math.max(frame.bottom, y + height);
      }
      for (const relation of this.relations) {
        const { child, parent } = relation.dataset;
        relation.classList.toggle("away", isAway(child === table || parent === table));
      }
      this.fit(frame
        ? { x: frame.left - 24, y: frame.top - 24, width: frame.right - frame.left + 48, height: frame.bottom - frame.top + 48 }
        : this.whole);
    }

    has(table) { return this.boxes.some((box) => box.dataset.table === table); }
  }
  const diagrams = all("svg.diagram").map((svg) => new Diagram(svg));
  all("[data-show]").forEach((button) => button.addEventListener("click", () => {
    const diagram = diagrams.find((candidate) => candidate.has(button.dataset.show));
    if (!diagram) return;
    field.value = "";
    search();
    diagram.show(button.dataset.show);
    diagram.svg.parentElement.scrollIntoView({ block: "center" });
  }));
  if (matchMedia("(max-width: 52rem)").matches) document.querySelector("nav details").open = false;
  reveal();
})();
