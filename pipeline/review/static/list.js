// The list at the left: only the rows that can be seen are elements.

import { icon, make } from "./dom.js";
import { label, number, stateName, told } from "./words.js";

const HEIGHT = 58;
const TALLEST = 8_000_000; // pixels: browsers draw nothing beyond some height
const SPARE = 6;

export class List {
  constructor(element, rows, chosen) {
    this.element = element;
    this.rows = rows;
    this.at = -1;
    this.shown = new Map();
    this.space = make("div", { class: "list-space", role: "presentation" });
    element.append(this.space);
    element.addEventListener("scroll", () => this.draw(), { passive: true });
    new ResizeObserver(() => this.draw()).observe(element);
    element.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) chosen(Number(option.dataset.position));
    });
  }

  get height() {
    return Math.min(this.rows.total * HEIGHT, TALLEST);
  }

  /** How many pixels of all rows one pixel of the scroll bar stands for. */
  get scale() {
    const room = this.element.clientHeight;
    return this.height <= room ? 1 : (this.rows.total * HEIGHT - room) / (this.height - room);
  }

  get page() {
    return Math.max(1, Math.floor(this.element.clientHeight / HEIGHT) - 1);
  }

  /** Draws all anew. */
  clear() {
    for (const { option } of this.shown.values()) option.remove();
    this.shown.clear();
    this.draw();
  }

  choose(position) {
    this.at = position;
    const [top, room] = [this.element.scrollTop * this.scale, this.element.clientHeight];
    const [first, last] = [position * HEIGHT, (position + 1) * HEIGHT];
    const margin = Math.min(2 * HEIGHT, room / 4);
    if (first - margin < top) this.element.scrollTop = Math.max(0, (first - margin) / this.scale);
    else if (last + margin > top + room) this.element.scrollTop = (last + margin - room) / this.scale;
    this.draw();
  }

  draw() {
    this.space.style.height = `${this.height}px`;
    const offset = this.element.scrollTop * this.scale;
    const first = Math.max(0, Math.floor(offset / HEIGHT) - SPARE);
    const last = Math.min(this.rows.total - 1, Math.ceil((offset + this.element.clientHeight) / HEIGHT) + SPARE);
    this.rows.need(first, last);
    const keep = new Set();
    for (let position = first; position <= last; position++) {
      keep.add(position);
      this.drawOne(position, this.element.scrollTop + position * HEIGHT - offset);
    }
    if (this.at >= 0 && this.at < this.rows.total && !keep.has(this.at)) {
      keep.add(this.at);
      this.drawOne(this.at, this.element.scrollTop + this.at * HEIGHT - offset);
    }
    for (const [position, { option }] of this.shown) {
      if (keep.has(position)) continue;
      option.remove();
      this.shown.delete(position);
    }
    if (this.shown.has(this.at)) this.element.setAttribute("aria-activedescendant", `row-${this.at}`);
    else this.element.removeAttribute("aria-activedescendant");
  }

  drawOne(position, top) {
    const row = this.rows.row(position);
    const before = this.shown.get(position);
    if (before && before.row === row && before.total === this.rows.total) {
      this.place(before.option, position, top);
      return;
    }
    const option = this.option(row, position);
    before?.option.remove();
    this.shown.set(position, { option, row, total: this.rows.total });
    this.place(option, position, top);
    this.space.append(option);
  }

  place(option, position, top) {
    option.style.transform = `translateY(${top}px)`;
    option.setAttribute("aria-selected", position === this.at ? "true" : "false");
  }

  option(row, position) {
    const attributes = {
      id: `row-${position}`,
      role: "option",
      class: row ? `row row-${row.kind} state-${row.state || "open"}` : "row row-loading",
      "aria-posinset": position + 1,
      "aria-setsize": this.rows.total,
      "data-position": position,
      "data-key": row?.key,
    };
    return make(
      "div",
      attributes,
      row ? rowParts(row) : make("span", { class: "row-wait", text: told("list.loading") }),
    );
  }
}

function rowParts(row) {
  const file = make("span", { class: "row-file", text: row.page ? `${row.file} · ${row.page}` : row.file });
  const state = row.state
    ? make(
        "span",
        { class: `mark mark-${row.state}${row.isPending ? " is-pending" : ""}` },
        icon(stateIcon(row.state)),
        hidden(stateName(row)),
      )
    : row.problems?.length && row.kind !== "problem"
      ? make("span", { class: "mark mark-problem" }, icon("disputed"), hidden(told("problems")))
      : null;
  return [
    make("span", { class: "row-main" }, rowWords(row), state),
    make("span", { class: "row-under" }, make("span", { class: "row-kind", text: label("kind", row.kind) }), file),
  ];
}

function rowWords(row) {
  if (row.kind === "problem" || row.kind === "letterhead") {
    return make("span", { class: "row-words", text: row.kind === "problem" ? row.value : row.text || row.file });
  }
  const read = [row.value, row.unit].filter(Boolean).join(" ");
  const value = make("strong", { text: read });
  const about = row.object || (row.text === row.value || row.text === read ? "" : row.text);
  return make("span", { class: "row-words" }, value, about ? ` ${about}` : "");
}

const hidden = (text) => make("span", { class: "hidden", text: ` ${text}` });

export const stateIcon = (state) =>
  ({
    accepted: "accept",
    corrected: "edit",
    rejected: "reject",
    added: "add",
    disputed: "disputed",
    changed: "changed",
  })[state] ?? "accept";

export const counted = (total) => (total === 1 ? told("list.one") : told("list.count", { count: number(total) }));
