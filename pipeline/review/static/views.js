// How the evidence is looked at: as text, as the page it is printed on, or both.

import { find, findAll } from "./dom.js";
import { pagesShown } from "./evidences.js";

const VIEWS = ["text", "both", "picture"];
const STORE = "baocao.view";

export class Views {
  constructor(passage, pages) {
    Object.assign(this, { passage, pages });
    this.view = localStorage.getItem(STORE) ?? "both";
    this.hasPages = false;
    for (const button of findAll("[data-view]"))
      button.addEventListener("click", () => this.choose(button.dataset.view));
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

  draw() {
    const shown = this.hasPages ? this.view : "text";
    this.passage.element.hidden = shown === "picture";
    this.pages.element.hidden = shown === "text";
    find("#view").hidden = !this.hasPages;
    for (const button of findAll("[data-view]"))
      button.setAttribute("aria-pressed", String(button.dataset.view === shown));
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
    this.choose(VIEWS[(VIEWS.indexOf(this.view) + 1) % VIEWS.length]);
  }
}
