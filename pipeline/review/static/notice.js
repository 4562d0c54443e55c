// A calm word on decisions that are not applied to the tables: the machine reads otherwise now, or reviewers disagree.

import { find } from "./dom.js";
import { get } from "./server.js";
import { number, told } from "./words.js";

const STATES = ["changed", "disputed"];

export class Notice {
  /** `show` is called with the states of the rows that are to be shown. */
  constructor(show) {
    this.element = find("#open");
    this.count = 0;
    find("button", this.element).addEventListener("click", () => show(STATES));
  }

  /** Looks how many rows there are, and returns words for them, "" where there are none. */
  async look() {
    const { facets } = await get("/api/facets").catch(() => ({ facets: {} }));
    const counts = new Map((facets.state ?? []).map(([state, , count]) => [state, count]));
    const open = STATES.filter((state) => counts.get(state));
    this.count = open.length;
    const words = open.map((state) => told(`open.${state}`, { count: number(counts.get(state)) })).join(", ");
    find("span", this.element).textContent = told("open.notice", { told: words });
    this.element.hidden = !open.length;
    return words;
  }

  /** Looks again if rows that changed can have made a difference. */
  see(rows) {
    if (rows.length && (this.count || rows.some((row) => STATES.includes(row.state)))) this.look();
  }
}
