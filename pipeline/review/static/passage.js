// A part of a report's text with what was read in it marked; offsets count characters of the whole report.

import { find, make, onResize } from "./dom.js";
import { get } from "./server.js";
import { label, told } from "./words.js";

const MORE = 4000;

export class Passage {
  constructor(element, pressed) {
    this.element = element;
    this.body = make("div", { class: "text-body" });
    this.before = make("button", {
      type: "button",
      class: "small more",
      text: told("text.before"),
      onclick: () => this.extend(-1),
    });
    this.after = make("button", {
      type: "button",
      class: "small more",
      text: told("text.after"),
      onclick: () => this.extend(1),
    });
    element.append(this.before, this.body, this.after);
    onResize(element, () => find(".focus", this.body) && this.scroll());
    this.body.addEventListener("click", (event) => {
      const mark = event.target.closest("[data-key]");
      if (mark && getSelection().isCollapsed) pressed(mark.dataset.key);
    });
    this.clear();
  }

  clear() {
    this.text = this.pointed = null;
    this.body.replaceChildren();
    this.before.hidden = this.after.hidden = true;
  }

  /** Shows the text of `evidence`, and scrolls to what was read. */
  show(evidence) {
    this.file = fileNumber(evidence.row.key);
    this.text = evidence.text && evidence.text.words ? { ...evidence.text } : null;
    this.pointed = null;
    this.isAlone = Boolean(evidence.note);
    this.given = this.text?.marks;
    this.sentence = evidence.sentence ?? "";
    this.kind = evidence.row.kind;
    if (!this.text) {
      this.clear();
      return;
    }
    this.draw();
    this.scroll();
  }

  /** Tells whether the text of `evidence` is what is shown, so that it need not move. */
  isOf(evidence) {
    const { text } = evidence;
    const isSame = text && this.text && fileNumber(evidence.row.key) === this.file && text.start === this.text.start;
    return Boolean(isSame && text.end === this.text.end && JSON.stringify(text.marks) === JSON.stringify(this.given));
  }

  draw() {
    const { from, words, start, end, marks = [] } = this.text;
    this.points = new Points(words);
    const hasFocus = Number.isInteger(start) && start >= 0 && end > start;
    const spans = marks.map(([first, last, kind, key]) => ({ first, last, kind, key }));
    const [first, last] = hasFocus ? this.sentenceSpan(start - from, end - from) : [0, 0];
    const cuts = new Set([0, this.points.length]);
    const cut = (offset) => offset > 0 && offset < this.points.length && cuts.add(offset);
    for (const span of spans) [span.first - from, span.last - from].forEach(cut);
    if (hasFocus) [start - from, end - from, first, last].forEach(cut);
    const pointed = this.pointed && { first: this.pointed.start - from, last: this.pointed.end - from };
    if (pointed) [pointed.first, pointed.last].forEach(cut);
    const edges = [...cuts].sort((a, b) => a - b);
    const parts = edges.slice(1).map((edge, i) => {
      const [a, b] = [edges[i], edge];
      const inFocus = hasFocus && a >= start - from && b <= end - from;
      const inSentence = a >= first && b <= last;
      return this.part(
        this.points.slice(a, b),
        spans.filter((s) => s.first - from <= a && s.last - from >= b),
        inFocus,
        inSentence,
        Boolean(pointed) && a >= pointed.first && b <= pointed.last,
      );
    });
    this.body.replaceChildren(...parts);
    this.before.hidden = this.isAlone || from <= 0;
    this.after.hidden = this.isAlone || from + this.points.length >= (this.text.total ?? Infinity);
  }

  /** Marks the words from offset `start` to `end`, in a `window` of the report that has them, and scrolls there. */
  point({ start, end }, window = null) {
    if (!this.text) return;
    const { from } = this.text;
    if (start < from || end > from + this.points.length) {
      if (!window) return;
      this.text = { ...this.text, ...window };
    }
    this.pointed = { start, end };
    this.draw();
    this.scroll();
  }

  /** Takes the mark away that `point` made. */
  unpoint() {
    if (!this.pointed) return;
    this.pointed = null;
    if (this.text) this.draw();
  }

  part(words, spans, inFocus, inSentence, isPointed) {
    if (isPointed) return make("mark", { class: "focus pointed", text: words });
    const classes = [inSentence && "in-sentence"];
    if (inFocus) return make("mark", { class: `focus focus-${this.kind}`, text: words });
    if (!spans.length)
      return inSentence ? make("span", { class: "in-sentence", text: words }) : document.createTextNode(words);
    const nearest = spans.reduce((a, b) => (b.last - b.first < a.last - a.first ? b : a));
    classes.push("other", `other-${nearest.kind}`);
    const title = label("kind", nearest.kind);
    return make("span", { class: classes.filter(Boolean).join(" "), "data-key": nearest.key, title, text: words });
  }

  /** Returns where the sentence around the mention begins and ends; spaces and line ends of the report don't count. */
  sentenceSpan(start, end) {
    const words = this.sentence.split(/\s+/).filter(Boolean);
    if (!words.length || words.length > 400) return [start, end];
    const pattern = new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+"), "gu");
    for (const match of this.points.text.matchAll(pattern)) {
      const [first, last] = [this.points.count(match.index), this.points.count(match.index + match[0].length)];
      if (first <= start && last >= end) return [first, last];
    }
    return [start, end];
  }

  scroll() {
    const focus = find(".pointed", this.body) ?? find(".focus", this.body);
    if (!focus) {
      this.element.scrollTop = 0;
      return;
    }
    const [inner, outer] = [focus.getBoundingClientRect(), this.element.getBoundingClientRect()];
    const spare = Math.max(20, (this.element.clientHeight - inner.height) / 2);
    this.element.scrollTop += inner.top - outer.top - spare;
  }

  async extend(way) {
    const { from } = this.text;
    const to = from + this.points.length;
    const asked = way < 0 ? [Math.max(0, from - MORE), from] : [to, to + MORE];
    const file = this.file;
    const more = await get("/api/text", new URLSearchParams({ file, from: asked[0], to: asked[1] }));
    if (file !== this.file || !this.text) return;
    const height = this.element.scrollHeight;
    const marks = [...(this.text.marks ?? []), ...(more.marks ?? [])];
    const words = way < 0 ? more.words + this.text.words : this.text.words + more.words;
    this.text = { ...this.text, words, marks, from: Math.min(from, more.from), total: more.total };
    this.draw();
    if (way < 0) this.element.scrollTop += this.element.scrollHeight - height;
  }

  /** Returns the offsets in the report of what the reader marked in the text, or null. */
  selected() {
    const selection = getSelection();
    if (!this.text || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (!this.body.contains(range.startContainer) || !this.body.contains(range.endContainer)) return null;
    const before = range.cloneRange();
    before.selectNodeContents(this.body);
    before.setEnd(range.startContainer, range.startOffset);
    const first = before.toString().length;
    const words = range.toString();
    const start = first + words.length - words.trimStart().length;
    const end = first + words.trimEnd().length;
    if (start >= end) return null;
    return { start: this.text.from + this.points.count(start), end: this.text.from + this.points.count(end) };
  }

  /** Marks the text from `first` to `last`, UTF-16 offsets in what is shown. */
  select(first, last) {
    const [start, end] = [this.node(first), this.node(last)];
    getSelection().setBaseAndExtent(start.node, start.offset, end.node, end.offset);
    this.reveal(getSelection().getRangeAt(0).getBoundingClientRect());
  }

  /** Scrolls so that what is at `box` can be seen. */
  reveal(box) {
    const outer = this.element.getBoundingClientRect();
    if (box.top < outer.top + 20 || box.bottom > outer.bottom - 20) {
      this.element.scrollTop += box.top - outer.top - this.element.clientHeight * 0.35;
    }
  }

  node(offset) {
    const walker = document.createTreeWalker(this.body, NodeFilter.SHOW_TEXT);
    let left = offset;
    let node = walker.nextNode();
    while (node && left > node.length) {
      left -= node.length;
      node = walker.nextNode() ?? node;
    }
    return { node, offset: Math.min(left, node.length) };
  }

  /** Returns the words that are shown: where each begins and ends, UTF-16 offsets. */
  words() {
    return [...this.points.text.matchAll(/[^\s]+/gu)].map((match) => [match.index, match.index + match[0].length]);
  }
}

/** A text of which offsets count characters as Python does, whatever JavaScript counts. */
export class Points {
  constructor(text) {
    this.text = text;
    this.characters = /[\ud800-\udfff]/.test(text) ? Array.from(text) : null;
  }

  get length() {
    return this.characters ? this.characters.length : this.text.length;
  }

  slice(start, end) {
    return this.characters ? this.characters.slice(start, end).join("") : this.text.slice(start, end);
  }

  /** Returns how many characters there are before a UTF-16 offset. */
  count(offset) {
    return this.characters ? Array.from(this.text.slice(0, offset)).length : offset;
  }
}

/** Returns the number of the file that a row's key tells. */
export const fileNumber = (key) => Number(key.split("/")[1]);
