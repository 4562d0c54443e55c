// Accepting all that the filter shows, after the number of rows was confirmed.

import { find, make } from "./dom.js";
import { get, post } from "./server.js";
import { number, told } from "./words.js";

export class Bulk {
  constructor(desk, facets, changed) {
    Object.assign(this, { desk, facets, changed });
    this.dialog = find("#bulk-ask");
    this.go = find("#bulk-go");
    find("#bulk-cancel").addEventListener("click", () => this.dialog.close());
    this.go.addEventListener("click", () => this.accept());
  }

  async ask() {
    if (this.desk.stopped.isUp) return this.desk.stopped.remind();
    if (!this.desk.header.reviewer) return this.desk.header.ask();
    this.query = this.facets.query;
    this.query.delete("sort");
    try {
      const { count } = await this.desk.queue.after(() => get("/api/bulk", this.query));
      if (!count) return this.desk.say(told("bulk.none"), true);
      this.show(count, await this.asking(count));
      const chips = [...document.querySelectorAll("#chips .chip-words")].map((chip) => chip.textContent);
      const words = this.query.get("q");
      if (words) chips.push(`«${words}»`);
      find("#bulk-filters").replaceChildren(...chips.map((text) => make("li", { text })));
      this.dialog.showModal();
      find("#bulk-cancel").focus();
    } catch (error) {
      this.desk.say(told("failed", { message: error.message }), true);
    }
    return undefined;
  }

  /** Returns what is asked: of what there are so many, and whether nothing is filtered. */
  async asking(count) {
    const query = new URLSearchParams(this.query);
    query.set("state", "");
    const { facets } = await get("/api/facets", query);
    const counts = new Map((facets.kind ?? []).map(([kind, , many]) => [kind, many]));
    const chosen = this.query.getAll("kind");
    const among = [
      ["letterhead", "bulk.letterheads"],
      ["problem", "bulk.problems"],
    ].filter(([kind]) => counts.get(kind) && (!chosen.length || chosen.includes(kind)));
    const named = among.map(([kind, words]) => told(words, { count: number(counts.get(kind)) }));
    const words = told(this.facets.isFiltering ? "bulk.ask" : "bulk.ask.all", { count: number(count) });
    return named.length ? `${words} ${told("bulk.among", { told: named.join(", ") })}` : words;
  }

  show(count, words) {
    this.count = count;
    find("#bulk-told").textContent = words;
    this.go.textContent = told("bulk.go", { count: number(count) });
  }

  async accept() {
    const asked = this.go.textContent;
    this.go.disabled = true;
    this.go.textContent = told("bulk.running");
    try {
      const body = { query: grouped(this.query), action: "accepted", count: this.count };
      const answer = await this.desk.queue.after(() => post("/api/bulk", body));
      this.go.textContent = asked;
      this.dialog.close();
      this.desk.header.progress(answer);
      this.desk.evidences.forgetAll();
      this.desk.say(told("done.bulk", { count: number(answer.count) }));
      this.changed();
    } catch (error) {
      if (error.status === 409 && error.answer.count !== undefined) {
        this.show(error.answer.count, told("bulk.moved", { count: number(error.answer.count) }));
      } else {
        this.go.textContent = asked;
        find("#bulk-told").textContent = told("failed", { message: error.message });
      }
    } finally {
      this.go.disabled = false;
    }
  }
}

/** Returns a query as the names of facets with their values. */
function grouped(query) {
  const names = [...new Set(query.keys())];
  return Object.fromEntries(names.map((name) => [name, name === "q" ? query.get("q") : query.getAll(name)]));
}
