// The rows that the filter shows, by position: windows are fetched when they are needed and stay as they were found.
//
// A row that was decided keeps its place until the list is asked for anew, although the server may no longer count it
// among those of the filter. Windows further on are asked for by as many places less.

import { get } from "./server.js";

const SIZE = 100;

export class Rows {
  constructor(queue, changed) {
    this.queue = queue;
    this.changed = changed;
    this.clear(new URLSearchParams());
  }

  clear(query) {
    this.query = query;
    this.states = new Set(query.getAll("state"));
    this.total = 0;
    this.windows = new Map();
    this.at = new Map();
    this.known = new Map();
    this.saved = new Map();
  }

  /** Asks for the rows of `query`, and returns the position of `key` among them, or else `position`. */
  async open(query, key = "", position = 0) {
    const first = Math.floor(position / SIZE);
    const parameters = this.parameters(query, first * SIZE);
    if (key) parameters.set("around", key);
    const answer = await this.queue.after(() => get("/api/rows", parameters));
    const window = Math.floor(answer.from / SIZE);
    this.clear(query);
    this.total = answer.total;
    this.put(window, answer.rows);
    this.windows.set(window, Promise.resolve());
    if (key && !this.at.has(key)) await Promise.all([window - 1, window + 1].map((beside) => this.load(beside * SIZE)));
    this.changed();
    return this.at.get(key) ?? Math.max(0, Math.min(position, this.total - 1));
  }

  row(position) {
    return this.known.get(position);
  }

  position(key) {
    return this.at.get(key) ?? -1;
  }

  /** Sees to it that the rows from `first` to `last` are fetched, and those of the next window. */
  need(first, last) {
    const from = Math.max(0, Math.floor(first / SIZE));
    const to = Math.floor(Math.min(last + SIZE / 2, this.total - 1) / SIZE);
    for (let window = from; window <= to; window++) this.fetch(window);
  }

  async load(position) {
    if (position < 0 || position >= this.total) return undefined;
    await this.fetch(Math.floor(position / SIZE));
    return this.row(position);
  }

  /** Shows `row` in the place of the one with its key; `isSaved` tells that the server has it so. */
  show(row, isSaved = true) {
    const position = this.at.get(row.key);
    if (isSaved) this.saved.set(row.key, row.state);
    if (position === undefined) return;
    this.known.set(position, row);
    this.changed();
  }

  /** Returns how many of the rows before `position` the server no longer finds by the filter. */
  dropped(position) {
    if (!this.states.size) return 0;
    let count = 0;
    for (const [key, state] of this.saved) {
      if (!this.states.has(state) && this.at.get(key) < position) count++;
    }
    return count;
  }

  fetch(window) {
    if (!this.windows.has(window)) this.windows.set(window, this.fetched(window));
    return this.windows.get(window);
  }

  async fetched(window) {
    const query = this.query;
    const ask = () => get("/api/rows", this.parameters(query, window * SIZE - this.dropped(window * SIZE)));
    try {
      const answer = this.states.size ? await this.queue.between(ask) : await ask();
      if (query !== this.query) return;
      const isWhole = this.put(window, answer.rows);
      if (!isWhole || answer.total !== this.total - this.dropped(Infinity)) this.moved?.();
    } catch (error) {
      this.windows.delete(window);
      this.failed?.(error);
    }
    this.changed();
  }

  /** Takes in the rows of a window; false where some of them stand elsewhere already. */
  put(window, rows) {
    const fresh = rows.filter((row) => !this.at.has(row.key));
    fresh.forEach((row, i) => {
      this.at.set(row.key, window * SIZE + i);
      this.known.set(window * SIZE + i, row);
    });
    return fresh.length === rows.length;
  }

  parameters(query, from) {
    const parameters = new URLSearchParams(query);
    parameters.set("from", Math.max(0, from));
    parameters.set("limit", SIZE);
    return parameters;
  }
}
