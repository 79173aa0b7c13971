// Looks at pages of `sqlc-swift docs` in a headless Chromium, at two widths: parts are there, search, isolation, zoom and the two
// themes work, nothing overlaps in diagrams, nothing is wider than a telephone, no script fails, nothing is fetched.
//
//   node browse-docs.js CHROMIUM PAGE… [--pictures FOLDER]
//
// Speaks the DevTools protocol over a pipe; needs nothing but node.
"use strict";
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const words = process.argv.slice(2);
const flag = words.indexOf("--pictures");
const pictures = flag < 0 ? null : words.splice(flag, 2)[1];
const [chromium, ...pages] = words;
if (pages.length === 0) { console.error("usage: node browse-docs.js CHROMIUM PAGE… [--pictures FOLDER]"); process.exit(64); }

/// A browser without a window.
class Browser {
  constructor(program) {
    this.profile = fs.mkdtempSync(path.join(os.tmpdir(), "browse-"));
    this.process = spawn(program, [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--remote-debugging-pipe",
      `--user-data-dir=${this.profile}`, "about:blank",
    ], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    // 3: there is no browser to look with. 2: it did not end its work.
    const gone = () => {
      if (this.isClosed) return;
      console.error(this.next > 2 ? "the browser has ended" : "the browser does not start");
      process.exit(this.next > 2 ? 2 : 3);
    };
    this.process.on("error", gone);
    this.process.on("exit", gone);
    this.process.on("spawn", () => { this.process.stdio[3].on("error", gone); });
    setTimeout(() => { console.error("the browser is too slow"); process.exit(2); }, 300_000).unref();
    this.waiting = new Map();
    this.heard = [];
    this.next = 1;
    let rest = "";
    this.process.stdio[4].on("data", (data) => {
      const parts = (rest + data).split("\0");
      rest = parts.pop();
      for (const part of parts) {
        const message = JSON.parse(part);
        if (message.id === undefined) { this.heard.push(message); continue; }
        const { resolve, reject } = this.waiting.get(message.id);
        this.waiting.delete(message.id);
        if (message.error) reject(new Error(JSON.stringify(message.error))); else resolve(message.result);
      }
    });
  }

  send(method, params = {}) {
    const id = this.next++;
    const message = { id, method, params };
    if (this.session && !method.startsWith("Target.")) message.sessionId = this.session;
    this.process.stdio[3].write(JSON.stringify(message) + "\0");
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  async open(file, width, height) {
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
    this.session = (await this.send("Target.attachToTarget", { targetId, flatten: true })).sessionId;
    for (const domain of ["Page", "Runtime", "Log", "Network"]) await this.send(`${domain}.enable`);
    await this.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 600 });
    this.heard = [];
    await this.send("Page.navigate", { url: "file://" + path.resolve(file) });
    for (let tries = 0; tries < 600; tries++) {
      if (this.heard.some(({ method }) => method === "Page.loadEventFired")) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${file} was not loaded in 30 s`);
  }

  async evaluate(body) {
    const result = await this.send("Runtime.evaluate", {
      expression: `(async () => { ${body} })()`, awaitPromise: true, returnByValue: true,
    });
    if (result.exceptionDetails) throw new Error(JSON.stringify(result.exceptionDetails.exception || result.exceptionDetails));
    return result.result.value;
  }

  async picture(file) {
    const { data } = await this.send("Page.captureScreenshot", { format: "png" });
    fs.writeFileSync(file, Buffer.from(data, "base64"));
  }

  close() {
    this.isClosed = true;
    this.process.kill("SIGKILL");
    fs.rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/// Runs in the page; gives what is wrong, and counts.
const look = `
  const wrong = [];
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => resolve()));
  const isSeen = (element) => element.getClientRects().length > 0;
  const check = (holds, what) => { if (!holds) wrong.push(what); };
  if (window.attacked !== undefined) wrong.push("a text from outside ran as a script");
  check(document.documentElement.scrollWidth <= innerWidth, "the page is " + document.documentElement.scrollWidth + " wide");
  const entries = all("[data-entry]");
  check(entries.length > 0, "there are no entries");
  const ids = all("[id]").map((element) => element.id);
  check(new Set(ids).size === ids.length, "an id is there twice");
  for (const link of all("a")) {
    const target = link.getAttribute("href");
    check(target.startsWith("#") && document.getElementById(target.slice(1)), "a link leads nowhere: " + target);
  }

  // Search: the name of the last table and the last query each find them; nonsense finds nothing.
  const field = document.querySelector("input[type=search]");
  const search = async (text) => { field.value = text; field.dispatchEvent(new Event("input")); await frame(); };
  for (const section of all(".entries")) {
    const entry = all("[data-entry]", section).pop();
    if (!entry) continue;
    await search(entry.querySelector("h3 a").textContent);
    check(isSeen(entry), "search does not find " + entry.id);
  }
  await search("zzzqqq no such words");
  check(!entries.some(isSeen) && isSeen(document.querySelector(".empty")), "search finds what is not there");
  await search("");
  check(entries.every(isSeen), "entries are gone behind a search");

  // Diagrams.
  let boxCount = 0, lineCount = 0;
  for (const svg of all("svg.diagram")) {
    const boxes = all(".box", svg).map((box) => ({ box, rect: box.querySelector("rect").getBBox() }));
    boxCount += boxes.length;
    for (const [place, { box, rect }] of boxes.entries()) {
      for (const other of boxes.slice(place + 1)) {
        const apart = rect.x + rect.width <= other.rect.x || other.rect.x + other.rect.width <= rect.x
          || rect.y + rect.height <= other.rect.y || other.rect.y + other.rect.height <= rect.y;
        check(apart, box.dataset.table + " lies on " + other.box.dataset.table);
      }
      const texts = all("text", box).map((text) => ({ text: text.textContent, at: text.getBBox() }));
      for (const [number, { text, at }] of texts.entries()) {
        check(at.x >= rect.x && at.x + at.width <= rect.x + rect.width + 0.5, box.dataset.table + ": '" + text + "' is wider than its box");
        for (const other of texts.slice(number + 1)) {
          const apart = at.x + at.width <= other.at.x + 0.5 || other.at.x + other.at.width <= at.x + 0.5
            || Math.abs(at.y - other.at.y) > 12;
          check(apart, box.dataset.table + ": '" + text + "' lies on '" + other.text + "'");
        }
      }
    }
    const lines = all(".relation > path:first-of-type", svg).map((path) => {
      const points = path.getAttribute("d").split(/[ML]/).filter(Boolean).map((pair) => pair.split(" ").map(Number));
      return points.slice(1).map((to, place) => ({ from: points[place], to }));
    });
    lineCount += lines.length;
    for (const { from, to } of lines.flat()) {
      check(from[0] === to[0] || from[1] === to[1], "a line is neither across nor down");
      for (const { box, rect } of boxes) {
        const isIn = Math.max(from[0], to[0]) > rect.x + 0.5 && Math.min(from[0], to[0]) < rect.x + rect.width - 0.5
          && Math.max(from[1], to[1]) > rect.y + 0.5 && Math.min(from[1], to[1]) < rect.y + rect.height - 0.5;
        check(!isIn, "a line runs through " + box.dataset.table);
      }
    }

    // One table and its neighbours, by a click; larger and smaller; everything again.
    const busiest = boxes.map(({ box }) => ({
      box, near: new Set(all(".relation", svg).flatMap(({ dataset }) =>
        dataset.child === box.dataset.table ? [dataset.parent] : dataset.parent === box.dataset.table ? [dataset.child] : [])),
    })).sort((a, b) => b.near.size - a.near.size)[0];
    busiest.near.delete(busiest.box.dataset.table);
    const viewBox = svg.getAttribute("viewBox");
    busiest.box.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    check(boxes.filter(({ box }) => isSeen(box)).length === busiest.near.size + 1, "isolating " + busiest.box.dataset.table + " shows others");
    const isolated = svg.getAttribute("viewBox");
    svg.closest(".diagrams").querySelector("[data-do=in]").click();
    check(svg.getAttribute("viewBox") !== isolated, "zooming does nothing");
    svg.closest(".diagrams").querySelector("[data-do=all]").click();
    check(svg.getAttribute("viewBox") === viewBox && boxes.every(({ box }) => isSeen(box)), "the whole diagram does not come back");
  }

  // Both themes.
  const colour = () => getComputedStyle(document.body).backgroundColor;
  const first = colour();
  document.querySelector(".theme").click();
  check(colour() !== first, "the theme does not change");
  document.querySelector(".theme").click();
  check(colour() === first, "the theme does not change back");
  return { wrong: Array.from(new Set(wrong)), entries: entries.length, boxes: boxCount, lines: lineCount };
`;

(async () => {
  const browser = new Browser(chromium);
  let failed = false;
  try {
    for (const page of pages) {
      for (const [width, height] of [[1280, 900], [390, 844]]) {
        await browser.open(page, width, height);
        const found = await browser.evaluate(look);
        for (const { method, params } of browser.heard) {
          if (method === "Runtime.exceptionThrown") found.wrong.push("script: " + JSON.stringify(params.exceptionDetails.exception || params));
          if (method === "Log.entryAdded" && params.entry.level === "error") found.wrong.push("log: " + params.entry.text);
          if (method === "Runtime.consoleAPICalled" && params.type === "error") found.wrong.push("console: " + JSON.stringify(params.args));
          if (method === "Page.javascriptDialogOpening") found.wrong.push("a dialog: " + params.message);
          if (method === "Network.requestWillBeSent" && !params.request.url.startsWith("file://" + path.resolve(page))) {
            found.wrong.push("fetched: " + params.request.url);
          }
        }
        console.log(`${path.basename(page)} at ${width}: ${found.entries} entries, ${found.boxes} boxes, ${found.lines} lines, ${
          found.wrong.length === 0 ? "all well" : `${found.wrong.length} wrong`}`);
        for (const line of found.wrong.slice(0, 20)) console.log("  " + line);
        failed = failed || found.wrong.length > 0;
        if (pictures) {
          const name = (part) => path.join(pictures, `${path.basename(page, ".html")}-${width}-${part}.png`);
          await browser.picture(name("top"));
          await browser.evaluate(`const part = document.querySelector(".canvas"); if (part) part.scrollIntoView({ block: "center" });`);
          await browser.picture(name("diagram"));
          await browser.evaluate(`document.querySelector(".theme").click(); document.querySelectorAll(".entries")[0].scrollIntoView();`);
          await browser.picture(name("tables"));
          await browser.evaluate(`document.querySelectorAll(".entries")[1].scrollIntoView(); document.querySelectorAll("details").forEach((d) => { d.open = true; });`);
          await browser.picture(name("queries"));
        }
      }
    }
  } finally {
    browser.close();
  }
  process.exit(failed ? 1 : 0);
})().catch((error) => { console.error(error); process.exit(2); });
