// What the list is filtered by: search, facets with their counts, chips of those in force, and the order.

import { find, findAll, icon, make } from "./dom.js";
import { get } from "./server.js";
import { label, number, stateName, told } from "./words.js";

const NAMES = ["report", "issuer", "kind", "activity", "status", "rule", "problem", "state"];
const TYPING = 250;
const WIDTH = 320; // pixels of a panel, at most
const MARGIN = 10; // pixels around it
const LOWEST = 170; // pixels that a panel has at least above the end of the window
const LONG = 10; // values from which on a facet can be searched

export class Facets {
  constructor(config, changed) {
    this.config = config;
    this.changed = changed;
    this.chosen = new Map(NAMES.map((name) => [name, new Set()]));
    this.labels = new Map();
    this.search = find("#search");
    this.sort = find("#sort");
    this.chips = find("#chips");
    this.buttons = new Map(NAMES.map((name) => [name, this.button(name)]));
    find("#facets").append(...this.buttons.values());
    this.search.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.apply("", !this.search.value.trim()), TYPING);
    });
    addEventListener("resize", () => this.place());
    this.sort.addEventListener("change", () => this.apply());
    document.addEventListener("click", (event) => {
      if (this.panel && !event.target.closest(".facet")) this.close();
    });
    find("#facets").addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.panel) {
        event.preventDefault();
        event.stopPropagation();
        this.close(true);
      }
    });
    this.read(new URLSearchParams(location.hash.slice(1)));
  }

  /** The query in force. */
  get query() {
    const query = new URLSearchParams();
    for (const [name, values] of this.chosen) for (const value of values) query.append(name, value);
    const words = this.search.value.normalize("NFC").trim();
    if (words) query.set("q", words);
    if (this.sort.value !== "place") query.set("sort", this.sort.value);
    return query;
  }

  get isFiltering() {
    return [...this.query.keys()].some((name) => name !== "sort");
  }

  read(query) {
    for (const [name, values] of this.chosen) {
      values.clear();
      for (const value of query.getAll(name)) values.add(value);
    }
    this.search.value = query.get("q") ?? "";
    this.sort.value = query.get("sort") ?? "place";
    this.show();
  }

  /** Has the list show what the query asks for, from its first row on, around the row `key` or that at hand. */
  apply(key = "", isWider = false) {
    clearTimeout(this.timer);
    const query = this.query.toString();
    history.replaceState(null, "", query ? `#${query}` : location.pathname);
    this.show();
    this.place();
    return this.changed(key, isWider);
  }

  clear() {
    this.read(new URLSearchParams());
    this.apply("", true);
  }

  clearSearch() {
    this.search.value = "";
    this.apply("", true);
  }

  /** Shows the rows in some states, and all of them. */
  showStates(states) {
    this.read(new URLSearchParams(states.map((state) => ["state", state])));
    this.apply();
  }

  focus() {
    find("button", this.buttons.get("report")).focus();
  }

  button(name) {
    const button = make("button", {
      type: "button",
      class: "facet-open",
      "aria-expanded": "false",
      onclick: () => this.toggle(name),
    });
    return make("div", { class: "facet", "data-facet": name }, button);
  }

  show() {
    for (const [name, element] of this.buttons) {
      const count = this.chosen.get(name).size;
      const text = told(`facet.${name}`);
      const button = find("button", element);
      button.replaceChildren(
        text,
        count ? make("span", { class: "facet-count", text: count, "aria-hidden": "true" }) : "",
        icon("down"),
      );
      button.classList.toggle("is-chosen", count > 0);
      if (count) button.setAttribute("aria-label", told("facet.chosen", { facet: text, count }));
      else button.removeAttribute("aria-label");
    }
    const chips = [...this.chosen].flatMap(([name, values]) => [...values].map((value) => this.chip(name, value)));
    if (chips.length)
      chips.push(
        make("button", { type: "button", class: "link", text: told("filters.clear"), onclick: () => this.clear() }),
      );
    this.chips.replaceChildren(...chips);
    this.chips.hidden = !chips.length;
  }

  chip(name, value) {
    const [facet, shown] = [told(`facet.${name}`), this.name(name, value)];
    const attributes = { type: "button", class: "chip", "aria-label": told("facet.remove", { facet, value: shown }) };
    const remove = () => {
      this.chosen.get(name).delete(value);
      this.apply("", true);
    };
    return make(
      "button",
      { ...attributes, onclick: remove },
      make("span", { class: "chip-words", text: shown }),
      icon("reject"),
    );
  }

  /** Returns what a value of a facet is called. */
  name(facet, value) {
    const isOfProblems = [...this.chosen.get("kind")].join() === "problem";
    if (facet === "state" && isOfProblems) return stateName({ kind: "problem" }, value);
    const known = this.labels.get(`${facet}/${value}`);
    if (known) return known;
    const maps = { kind: "kind", status: "status", state: "state" };
    if (maps[facet]) return label(maps[facet], value) || told("facet.empty");
    if (facet === "activity") return this.config.activities?.[value] ?? (value || told("facet.empty"));
    return value || told("facet.empty");
  }

  toggle(name) {
    const isOpen = this.panel?.dataset.facet === name;
    this.close(isOpen);
    if (!isOpen) this.open(name);
  }

  close(isBack = false) {
    if (!this.panel) return;
    const button = find("button", this.buttons.get(this.panel.dataset.facet));
    button.setAttribute("aria-expanded", "false");
    this.panel.remove();
    this.panel = null;
    if (isBack) button.focus();
  }

  async open(name) {
    const element = this.buttons.get(name);
    const panel = make("div", {
      class: "facet-panel",
      role: "group",
      "aria-label": told(`facet.${name}`),
      "data-facet": name,
    });
    panel.append(make("p", { class: "faint", text: told("list.loading") }));
    element.append(panel);
    this.panel = panel;
    this.place();
    find("button", element).setAttribute("aria-expanded", "true");
    const answer = await get("/api/facets", this.query).catch(() => ({ facets: {} }));
    if (this.panel !== panel) return;
    this.fill(panel, name, answer.facets[name] ?? []);
    find("input", panel)?.focus();
  }

  fill(panel, name, values) {
    for (const [value, shown] of values) if (shown) this.labels.set(`${name}/${value}`, shown);
    const chosen = this.chosen.get(name);
    const there = new Set(values.map(([value]) => value));
    const gone = [...chosen].filter((value) => !there.has(value)).map((value) => [value, this.name(name, value), 0]);
    const all = [...gone, ...values];
    const list = make(
      "div",
      { class: "facet-values" },
      all.map(([value, , count]) => this.choice(name, value, count)),
    );
    const clear = () => {
      chosen.clear();
      for (const input of findAll("input[type=checkbox]", panel)) input.checked = false;
      this.apply("", true);
    };
    const search = make("input", {
      type: "search",
      class: "facet-find",
      placeholder: told("facet.find"),
      "aria-label": told("facet.find"),
      autocomplete: "off",
    });
    search.addEventListener("input", () => {
      const wanted = plain(search.value);
      for (const one of list.children) one.hidden = !plain(one.textContent).includes(wanted);
    });
    const parts = [
      ...(all.length > LONG ? [search] : []),
      all.length ? list : make("p", { class: "faint", text: told("facet.none") }),
      all.length &&
        make(
          "div",
          { class: "facet-end" },
          make("button", { type: "button", class: "link", text: told("facet.clear"), onclick: clear }),
        ),
    ];
    panel.replaceChildren(...parts.filter(Boolean));
    this.place();
  }

  /** Puts the open panel under its button, inside the column of the list and inside the window. */
  place() {
    if (!this.panel) return;
    const [button, around] = [this.panel.previousElementSibling, find(".finding")];
    const box = around.getBoundingClientRect();
    const { left, bottom } = button.getBoundingClientRect();
    const width = Math.min(WIDTH, box.width - 2 * MARGIN);
    const top = Math.min(bottom + 5, innerHeight - LOWEST);
    this.panel.style.width = `${width}px`;
    this.panel.style.left = `${Math.max(MARGIN, Math.min(left - box.left, box.width - MARGIN - width))}px`;
    this.panel.style.top = `${top - box.top}px`;
    this.panel.style.maxHeight = `${Math.min(420, innerHeight - top - MARGIN)}px`;
  }

  choice(name, value, count) {
    const input = make("input", { type: "checkbox", value });
    input.checked = this.chosen.get(name).has(value);
    input.addEventListener("change", () => {
      if (input.checked) this.chosen.get(name).add(value);
      else this.chosen.get(name).delete(value);
      this.apply("", !input.checked);
    });
    const shown = make("span", { class: "facet-value", text: this.name(name, value) });
    return make(
      "label",
      { class: "facet-choice" },
      input,
      shown,
      make("span", { class: "faint count", text: number(count) }),
    );
  }
}

const plain = (text) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/đ/gi, "d")
    .toLowerCase();
