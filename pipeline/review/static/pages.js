// The pages of a report as pictures, with a box on what was read.

import { find, make, onResize } from "./dom.js";
import { pagesShown } from "./evidences.js";
import { told } from "./words.js";

export class Pages {
  constructor(element, evidences) {
    this.element = element;
    this.evidences = evidences;
    this.shown = "";
    onResize(element, () => find(".box", element) && this.scroll());
  }

  show(evidence) {
    const pages = pagesShown(evidence);
    const shown = pages.map((page) => page.url).join(" ");
    if (shown !== this.shown || !shown) {
      this.element.replaceChildren(...pages.map((page) => this.figure(page, evidence.row.file)));
      if (!pages.length) this.element.append(make("p", { class: "faint nothing", text: told("page.none") }));
      this.shown = shown;
    }
    for (const page of pages)
      this.box(
        page,
        (evidence.boxes ?? []).filter((box) => box.page === page.page),
      );
    this.scroll();
  }

  figure(page, file) {
    const image = this.evidences.picture(page.url);
    image.alt = told("page.alt", { page: page.page, file });
    image.draggable = false;
    image.style.aspectRatio = `${page.width} / ${page.height}`;
    image.addEventListener("error", () =>
      image.replaceWith(make("p", { class: "faint nothing", text: told("page.failed") })),
    );
    const caption = make("figcaption", { text: told("page", { page: page.page }) });
    return make("figure", { class: "page", "data-page": page.page }, make("div", { class: "sheet" }, image), caption);
  }

  box(page, boxes) {
    const sheet = find(`[data-page="${page.page}"] .sheet`, this.element);
    for (const old of sheet.querySelectorAll(".box")) old.remove();
    const percent = (part, whole) => `${(100 * part) / whole}%`;
    for (const { left, top, right, bottom } of boxes) {
      const box = make("div", { class: "box", role: "img", "aria-label": told("box") });
      box.style.left = percent(left, page.width);
      box.style.top = percent(top, page.height);
      box.style.width = percent(right - left, page.width);
      box.style.height = percent(bottom - top, page.height);
      sheet.append(box);
    }
  }

  scroll() {
    const box = find(".box", this.element);
    if (!box) {
      this.element.scrollTop = 0;
      return;
    }
    const [inner, outer] = [box.getBoundingClientRect(), this.element.getBoundingClientRect()];
    this.element.scrollTop += inner.top - outer.top - (this.element.clientHeight - inner.height) / 2;
  }
}
