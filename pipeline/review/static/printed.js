// Where the fields of a letterhead are printed: looked for at the beginning and at the end of the report's text.

import { Points, fileNumber } from "./passage.js";
import { get } from "./server.js";

const MOST = 20_000; // characters that the server gives at once
const AT_END = new Set(["signer", "signer_title", "signer_authority", "recipients"]);

export class Printed {
  constructor(passage) {
    this.passage = passage;
    this.file = -1;
  }

  /** Marks the words of a field of the letterhead in the text, and scrolls there; nothing where they are not found. */
  async show(evidence, name) {
    const text = (evidence.form ?? []).find((field) => field.name === name)?.value ?? "";
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const window = text && !evidence.note ? await this.window(evidence, AT_END.has(name)).catch(() => null) : null;
    if (turn !== this.turn || fileNumber(evidence.row.key) !== this.passage.file) return;
    const place = window && placeIn(window, text, AT_END.has(name));
    if (place) this.passage.point(place, window);
    else this.passage.unpoint();
  }

  leave() {
    this.turn = (this.turn ?? 0) + 1;
    this.passage.unpoint();
  }

  /** Returns the beginning or the end of a report's text; those of the report at hand are remembered. */
  window(evidence, isEnd) {
    const file = fileNumber(evidence.row.key);
    if (file !== this.file) this.windows = new Map();
    this.file = file;
    const from = isEnd ? Math.max(0, (evidence.text?.total ?? 0) - MOST) : 0;
    if (!this.windows.has(from)) {
      const asked = get("/api/text", new URLSearchParams({ file, from, to: from + MOST }));
      asked.catch(() => this.windows.delete(from));
      this.windows.set(from, asked);
    }
    return this.windows.get(from);
  }
}

/** Returns the span of the first (or last) words of a window that say `text`, or null. */
function placeIn({ from, words }, text, isLast) {
  const points = new Points(words);
  for (const pattern of patterns(text)) {
    const found = [...words.matchAll(pattern)].at(isLast ? -1 : 0);
    if (!found) continue;
    const [start, end] = [points.count(found.index), points.count(found.index + found[0].length)];
    return { start: from + start, end: from + end };
  }
  return null;
}

/** Returns what to look for: a day in its usual forms, other words whatever their case and line ends. */
function patterns(text) {
  const day = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (day) {
    const [d, m, y] = [Number(day[1]), Number(day[2]), day[3]];
    const forms = [`ngày\\s+0?${d}\\s+tháng\\s+0?${m}\\s+năm\\s+${y}`, `\\b0?${d}\\s?[/.-]\\s?0?${m}\\s?[/.-]\\s?${y}\\b`];
    return forms.map((form) => new RegExp(form, "giu"));
  }
  const [first] = text.split(";");
  return [...new Set([text, first])].map((one) => {
    const words = one.split(/\s+/).filter(Boolean);
    return new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")).join("\\s+"), "giu");
  });
}
