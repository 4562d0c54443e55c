// Adding what the machine missed: words are marked in the text, then their kind and value are given.

import { find, make } from "./dom.js";
import { nameOf } from "./desk.js";
import { Form } from "./form.js";
import { get, post } from "./server.js";
import { label, told } from "./words.js";

const KINDS = ["count", "date", "document_number", "activity"];

export class Adding {
  constructor(desk, changed) {
    this.desk = desk;
    this.changed = changed;
    this.isMarking = false;
    desk.passage.element.addEventListener("keydown", (event) => this.pressed(event));
  }

  /** Takes the words marked by mouse, or begins to mark by keys. */
  begin() {
    const { desk } = this;
    if (!desk.isReady()) return;
    if (desk.evidence?.note) return desk.say(desk.evidence.note, true);
    if (!desk.passage.text) return desk.say(told("add.none"), true);
    const marked = desk.passage.selected();
    if (marked) return this.ask(marked);
    if (desk.passage.element.hidden) desk.views.choose("both");
    this.words = desk.passage.words();
    const focus = find(".focus", desk.passage.body);
    this.first = this.last = Math.max(0, this.wordAt(focus ? this.offsetOf(focus) : 0));
    this.mark(true);
    desk.passage.element.focus();
    this.select();
    return undefined;
  }

  mark(isOn) {
    this.isMarking = isOn;
    find("#marking").hidden = !isOn;
    this.desk.passage.element.classList.toggle("is-marking", isOn);
  }

  offsetOf(element) {
    const range = document.createRange();
    range.selectNodeContents(this.desk.passage.body);
    range.setEndBefore(element);
    return range.toString().length;
  }

  wordAt(offset) {
    return this.words.findIndex(([, end]) => end > offset);
  }

  select() {
    const [a, b] = [Math.min(this.first, this.last), Math.max(this.first, this.last)];
    this.desk.passage.select(this.words[a][0], this.words[b][1]);
    this.desk.say(getSelection().toString().trim());
  }

  pressed(event) {
    if (!this.isMarking || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.code];
    const line = { ArrowUp: -8, ArrowDown: 8 }[event.code];
    const isEnter = event.code === "Enter" || event.code === "NumpadEnter";
    if (!step && !line && !isEnter && event.code !== "Escape") return;
    event.preventDefault();
    if (event.code === "Escape") return this.leave();
    if (isEnter) return this.confirm();
    const to = this.last + (step ?? line);
    this.last = Math.max(0, Math.min(to, this.words.length - 1));
    if (!event.shiftKey) this.first = this.last;
    this.select();
  }

  leave() {
    this.mark(false);
    getSelection().removeAllRanges();
    this.desk.list.element.focus();
  }

  confirm() {
    const marked = this.desk.passage.selected();
    this.mark(false);
    if (marked) this.ask(marked);
  }

  /** Asks for kind and value of the words from `start` to `end`; what the machine would read in them is put in. */
  async ask({ start, end }) {
    const { desk } = this;
    const { file } = desk.passage;
    const text = getSelection().toString().trim();
    const marked = { text, file, start, end };
    desk.passage.point(marked);
    this.typed = new Map();
    this.show(marked, /\d/.test(text) ? "count" : "activity");
    const { form } = desk;
    try {
      const suggestion = await get("/api/suggest", new URLSearchParams({ file, start, end }));
      if (desk.form !== form || form.isChanged) return;
      this.keep(desk.config.editable[suggestion.kind] ?? [], suggestion.said ?? {});
      this.show(marked, suggestion.kind);
    } catch (error) {
      if (desk.form === form) form.say(error.message);
    }
  }

  /** Shows the form of a kind, with what was typed in that of another, `before`. */
  show(marked, kind, before = null) {
    const { desk } = this;
    if (before) this.keep(before.fields, before.said());
    const choose = make(
      "select",
      { id: "add-kind", onchange: () => this.show(marked, choose.value, form) },
      KINDS.map((name) => make("option", { value: name, selected: name === kind, text: label("kind", name) })),
    );
    const fields = (desk.config.editable[kind] ?? []).map((field) => ({ ...field, value: this.kept(field) }));
    const isTyping = document.activeElement?.id === "add-kind";
    const extra = [
      make(
        "p",
        { class: "added-words" },
        make("span", { class: "faint", text: `${told("add.words")}: ` }),
        make("q", { text: marked.text }),
      ),
      make("label", { class: "field" }, make("span", { class: "field-name", text: told("kind") }), choose),
    ];
    const form = new Form(fields, {
      save: () => this.save(form, marked, kind),
      leave: () => desk.leaveForm(),
      title: told("add.title"),
      extra,
    });
    form.note = before?.note ?? "";
    desk.form = form;
    desk.reading.replaceChildren(form.element);
    desk.showActions();
    if (isTyping) choose.focus();
    else form.focus();
  }

  /** Keeps what is `said` of fields, for those of the same name and type in the form of any kind. */
  keep(fields, said) {
    for (const { name, type } of fields) if (said[name]) this.typed.set(`${name} ${type}`, said[name]);
  }

  /** Returns what was typed for a field, if it fits. */
  kept({ name, type, choices = [] }) {
    const text = this.typed.get(`${name} ${type}`) ?? "";
    return !choices.length || choices.some(([code]) => code === text) ? text : "";
  }

  async save(form, marked, kind) {
    const { desk } = this;
    const { file, start, end } = marked;
    const body = { file, kind, start, end, said: form.said((_, text) => text !== ""), note: form.note, seen: 0 };
    const as = desk.header.reviewer;
    try {
      const answer = await desk.queue.after(() => post("/api/add", body, as), marked.text);
      desk.header.progress(answer);
      desk.say(told("done.added", { what: answer.row ? nameOf(answer.row) : marked.text }));
      desk.evidences.forgetAll();
      const isHere = desk.form === form;
      if (isHere) desk.leaveForm();
      getSelection().removeAllRanges();
      if (isHere && answer.row) desk.seek(answer.row.key);
      else this.changed();
    } catch (error) {
      if (error.answer?.column) form.refuse(error.answer.column, error.message);
      else if (error.answer?.row) this.lead(error);
      else form.say(error.message);
    }
  }

  /** Goes to the row that has what was to be added. */
  lead(error) {
    getSelection().removeAllRanges();
    this.desk.say(error.message, true);
    this.desk.list.element.focus();
    this.desk.seek(error.answer.row.key);
  }
}
