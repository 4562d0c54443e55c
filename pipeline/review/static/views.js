// How the evidence is looked at: as text, as the page it is printed on, or both.

import { find, findAll } from "./dom.js";
import { pagesShown } from "./evidences.js";

const VIEWS = ["text", "both", "picture"];
const STORE = "baocao.view";
const NARROW = matchMedia("(max-width: 1000px)"); // too narrow for both

export class Views {
  constructor(passage, pages) {
    Object.assign(this, { passage, pages });
    this.view = localStorage.getItem(STORE) ?? "both";
    this.hasPages = false;
    for (const button of findAll("[data-view]"))
      button.addEventListener("click", () => this.choose(button.dataset.view));
    NARROW.addEventListener("change", () => this.draw());
  }

  /** Shows the evidence; where it is as before, nothing moves. */
  show(evidence, isRefreshed) {
    this.hasPages = pagesShown(evidence).length > 0;
    this.draw();
    if (isRefreshed && this.passage.isOf(evidence)) return;
    this.passage.show(evidence);
    if (this.hasPages) this.pages.show(evidence);
  }

  clear() {
    this.hasPages = false;
    this.passage.clear();
    this.draw();
  }

  /** The ways of looking that there is room for. */
  get ways() {
    return NARROW.matches ? VIEWS.filter((view) => view !== "both") : VIEWS;
  }

  draw() {
    const shown = this.hasPages && this.ways.includes(this.view) ? this.view : "text";
    this.passage.element.hidden = shown === "picture";
    this.pages.element.hidden = shown === "text";
    find("#view").hidden = !this.hasPages;
    this.shown = shown;
    for (const button of findAll("[data-view]")) {
      button.hidden = !this.ways.includes(button.dataset.view);
      button.setAttribute("aria-pressed", String(button.dataset.view === shown));
    }
  }

  choose(view) {
    this.view = VIEWS.includes(view) ? view : "both";
    localStorage.setItem(STORE, this.view);
    this.draw();
    this.passage.scroll();
    if (this.hasPages) this.pages.scroll();
  }

  /** Goes on to the next way of looking. */
  turn() {
    this.choose(this.ways[(this.ways.indexOf(this.shown) + 1) % this.ways.length]);
  }
}
