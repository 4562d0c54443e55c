// The evidence of rows: fetched before it is asked for, with the picture of its page.

import { get } from "./server.js";

const MOST = 60;

export class Evidences {
  constructor() {
    this.known = new Map();
    this.pictures = new Map();
  }

  /** Returns the evidence of the row with `key`. */
  of(key) {
    if (!this.known.has(key)) {
      const asked = get("/api/row", new URLSearchParams({ key }));
      asked.catch(() => this.known.get(key) === asked && this.known.delete(key));
      this.keep(this.known, key, asked);
    }
    return this.known.get(key);
  }

  forget(key) {
    this.known.delete(key);
  }

  forgetAll() {
    this.known.clear();
  }

  async prepare(keys) {
    for (const key of keys) {
      const evidence = await this.of(key).catch(() => null);
      for (const page of evidence ? pagesShown(evidence) : []) this.picture(page.url);
    }
  }

  /** Returns the picture at `url`, the one that was fetched before if there is one. */
  picture(url) {
    if (!this.pictures.has(url)) {
      const image = new Image();
      image.src = url;
      image.addEventListener("error", () => this.pictures.delete(url));
      this.keep(this.pictures, url, image);
    }
    return this.pictures.get(url);
  }

  keep(map, key, value) {
    map.set(key, value);
    if (map.size > MOST) map.delete(map.keys().next().value);
  }
}

/** Returns the pages of a report that are shown: those with a box, or else the one the row is on. */
export function pagesShown(evidence) {
  const boxed = new Set((evidence.boxes ?? []).map((box) => box.page));
  const pages = evidence.pages ?? [];
  if (boxed.size) return pages.filter((page) => boxed.has(page.page));
  const own = pages.filter((page) => page.page === evidence.row.page);
  return own.length ? own : pages.slice(0, 1);
}
