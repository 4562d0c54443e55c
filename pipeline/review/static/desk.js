// The row at hand: its evidence, and what is decided on it.

import { find, findAll, make } from "./dom.js";
import { Form } from "./form.js";
import { Printed } from "./printed.js";
import { heading, messages, missing, verdicts } from "./reading.js";
import { post } from "./server.js";
import { Views } from "./views.js";
import { label, told } from "./words.js";

const AHEAD = 3;

export class Desk {
  /** `page` are the other parts: config, rows, list, queue, evidences, passage, pages, header, say, stopped, seek. */
  constructor(page) {
    Object.assign(this, page);
    this.at = -1;
    this.row = null;
    this.evidence = null;
    this.form = null;
    this.latest = new Map();
    this.reading = find("#reading");
    this.left = () => {}; // called when another row comes to hand
    this.views = new Views(this.passage, this.pages);
    this.printed = new Printed(this.passage);
    this.showActions();
  }

  get isBusy() {
    return this.form !== null && !this.form.isLetterhead;
  }

  /** Whether something was typed that is not saved yet. */
  get isTyping() {
    return this.form !== null && (this.isBusy || this.form.isChanged);
  }

  /** Goes to a position that was asked for, unless something typed would be lost. */
  move(position) {
    if (this.isBusy || this.form?.isChanged) {
      this.say(told("form.open"), true);
      return this.form.focus();
    }
    return this.go(position, true);
  }

  /** Goes to a position of the list; nothing happens beyond its ends. */
  async go(position, isSaid = false) {
    if (position < 0 || position >= this.rows.total) {
      if (isSaid && this.rows.total) this.say(told(position < 0 ? "first" : "last"));
      return;
    }
    this.at = position;
    this.left();
    this.list.choose(position);
    const row = this.rows.row(position);
    if (row) return this.open(row);
    this.blank(told("list.loading"));
    const loaded = await this.rows.load(position);
    if (this.at === position && loaded) this.open(loaded);
  }

  blank(words = told("evidence.none")) {
    this.row = this.evidence = this.form = null;
    this.reading.replaceChildren(make("p", { class: "faint nothing", text: words }));
    find("#where").textContent = "";
    this.views.clear();
    this.showActions();
  }

  /** Shows a row at once as the list has it, and its evidence when that is there. */
  async open(row) {
    const isOther = row.key !== this.row?.key;
    this.row = row;
    if (isOther) {
      this.evidence = null;
      this.form = null;
      this.reading.replaceChildren(heading(row, null));
    }
    this.showActions();
    try {
      const evidence = await this.evidences.of(row.key);
      if (this.row?.key === row.key) this.show(evidence);
    } catch (error) {
      if (this.row?.key === row.key) this.say(told("failed", { message: error.message }), true);
    }
    if (this.row?.key === row.key) this.prepare();
  }

  prepare() {
    const next = Array.from({ length: AHEAD }, (_, i) => this.rows.row(this.at + 1 + i)).filter(Boolean);
    this.evidences.prepare(next.map((row) => row.key));
  }

  show(evidence) {
    const isSame = this.evidence === evidence;
    const isRefreshed = this.evidence !== null;
    this.evidence = evidence;
    this.reading.dataset.key = evidence.row.key;
    if (!this.isBusy && !(this.form?.isLetterhead && this.form.isChanged)) this.drawReading();
    if (isSame) return;
    find("#where").textContent = [evidence.row.file, (evidence.section ?? []).join(" › ")].filter(Boolean).join(" › ");
    this.views.show(evidence, isRefreshed);
  }

  drawReading() {
    const evidence = { ...this.evidence, row: this.row };
    const spoken = verdicts(evidence, this.header.reviewer, (verdict) => this.agree(verdict));
    const parts = [heading(this.row, evidence), missing(evidence), messages(evidence), spoken];
    this.form = null;
    if (this.row.type === "letterhead") {
      this.form = this.letterheadForm(evidence);
      parts.push(this.form.element);
    }
    this.reading.replaceChildren(...parts.filter(Boolean));
    this.reading.scrollTop = 0;
    this.showActions();
  }

  letterheadForm(evidence) {
    const leave = () => {
      form.reset();
      this.list.element.focus();
    };
    const form = new Form(evidence.form ?? [], { save: () => this.correct(), leave, buttons: false });
    form.isLetterhead = true;
    form.element.addEventListener("input", () => this.showActions());
    form.element.addEventListener("focusin", ({ target }) => this.printed.show(evidence, target.name));
    form.element.addEventListener("focusout", () => this.printed.leave());
    return form;
  }

  /** Says on the buttons what they would do to this row. */
  showActions() {
    const { row } = this;
    this.reading.classList.toggle("has-form", this.form !== null);
    const group = row?.kind === "problem" ? "problem." : "";
    const words = { accept: told(`${group}accept`), reject: told(`${group}reject`), edit: told("edit") };
    if (row?.state === "disputed" && row.type === "item" && row.rule !== "review/added") {
      words.accept = told("disputed.accept");
    }
    const isToSave = row?.type === "letterhead" && this.form?.isChanged;
    find("[data-do=accept] kbd").replaceChildren(isToSave ? "Enter" : "A");
    find("[data-do=accept] kbd").classList.toggle("letter", !isToSave);
    if (row?.type === "letterhead") words.accept = told(this.form?.isChanged ? "letterhead.save" : "letterhead.accept");
    const off = {
      accept: !row || this.isBusy,
      edit: !row || this.isBusy,
      reject: !row || row.type === "letterhead" || this.isBusy,
      add: !row || this.isBusy || Boolean(this.evidence?.note),
      undo: this.isBusy,
    };
    for (const button of findAll("#actions [data-do]")) {
      const name = button.dataset.do;
      if (words[name]) find("span", button).textContent = words[name];
      if (name in off) button.title = find("span", button).textContent;
      button.disabled = off[name] ?? false;
    }
  }

  // Deciding

  /** Tells whether a decision may be made now; where not, it says why. */
  isReady() {
    if (this.stopped.isUp) {
      this.stopped.remind();
      return false;
    }
    if (!this.header.reviewer) {
      this.say(told("reviewer.missing"), true);
      this.header.ask();
      return false;
    }
    if (!this.row && this.rows.total) this.say(told("list.loading"));
    return Boolean(this.row) && !this.isBusy;
  }

  /** Decides on the row at hand and goes on to the next; it is sent in its turn. */
  decide(action) {
    if (!this.isReady()) return;
    const { row } = this;
    if (row.type === "letterhead" && action === "rejected") return this.say(told("reject.not"), true);
    if (this.form?.isLetterhead && this.form.isChanged) return this.correct();
    this.send(row, async () => ({ action, said: {} }));
    this.rows.show({ ...row, state: action, isPending: true }, false);
    this.goOn(told(`done.${row.type === "problem" ? "problem." : ""}${action}`, { what: nameOf(row) }));
  }

  /** Says what was done, and goes on to the next row, or says that there is none. */
  goOn(done) {
    const isLast = this.at + 1 >= this.rows.total;
    this.say(isLast ? `${done}. ${told("last")}` : done);
    this.go(this.at + 1);
  }

  /** Says what another reviewer said, whose entry has this number. */
  agree({ action, number }) {
    if (!this.isReady() || this.form?.isChanged) return;
    const { row } = this;
    this.send(row, async () => ({ action, like: number, said: {} }));
    this.rows.show({ ...row, state: action, isPending: true }, false);
    this.goOn(told("done.agreed", { what: nameOf(row) }));
  }

  /** Puts a decision in the queue: `seen` is what was known when it was made, or what one before it came to. */
  send(row, saying, failed = null, saved = null) {
    const reviewer = this.header.reviewer;
    const decision = { before: this.latest.get(row.key), number: row.own?.number ?? 0 };
    const known = row.own?.number ?? 0;
    this.latest.set(row.key, decision);
    const send = async () => {
      const { note = "", ...said } = await saying();
      const seen = decision.before ? decision.before.number : known;
      return post("/api/decide", { key: row.key, shown: row.shown, ...said, note, seen }, reviewer);
    };
    const done = (answer) => {
      decision.number = answer.row.own?.number ?? decision.number;
      if (this.latest.get(row.key) === decision) this.latest.delete(row.key);
      this.settle(answer);
      if (answer.former) this.seek(answer.row.key);
      saved?.(answer);
    };
    const refused = (error) => {
      decision.number = decision.before ? decision.before.number : known;
      if (this.latest.get(row.key) === decision) this.latest.delete(row.key);
      if (failed?.(error)) return;
      this.refused(row, error);
    };
    this.queue.add({ send, done, failed: refused, isDecision: true, what: nameOf(row), row });
  }

  /** Shows what the server now has of a row. */
  settle(answer) {
    this.header.progress(answer);
    const { row } = answer;
    if (!row) return;
    this.touched.set(row.key, performance.now());
    this.evidences.forget(row.key);
    if (this.latest.has(row.key)) return;
    this.rows.show(row);
    if (this.row?.key === row.key) this.open(row);
  }

  /** Goes back to a row of which a decision was not saved, and says why. */
  refused(row, error) {
    const now = error.answer?.row ?? row;
    this.evidences.forget(row.key);
    this.rows.show(now, Boolean(error.answer?.row));
    const message = error.code === "overtaken" ? told("stopped.overtaken") : error.message;
    this.goBack(now);
    this.stopped.show(told("stopped.about", { what: nameOf(row), message }));
  }

  goBack(row) {
    this.form = null;
    const position = this.rows.position(row.key);
    if (position >= 0) this.go(position);
    else this.open(row);
  }

  // Correcting

  edit() {
    if (!this.isReady() || !this.evidence) return;
    if (this.form?.isLetterhead) return this.form.focus();
    if (this.row.type === "problem") return this.seekItem();
    if (!this.evidence.form?.length) return this.say(told("edit.not"), true);
    const leave = () => this.leaveForm();
    this.form = new Form(this.evidence.form, { save: () => this.correct(), leave, title: told("edit.title") });
    this.reading.replaceChildren(heading(this.row, this.evidence), this.form.element);
    this.form.focus();
    this.showActions();
  }

  /** Goes to the item at the place of the problem at hand, to be corrected. */
  async seekItem() {
    const key = itemAt(this.evidence);
    if (!key) return this.say(told("edit.none"), true);
    const isThere = this.rows.position(key) >= 0;
    if (isThere) await this.go(this.rows.position(key));
    else await this.seek(key);
    return this.say(told(isThere ? "edit.found" : "edit.unfiltered"));
  }

  leaveForm() {
    this.form = null;
    this.passage.unpoint();
    if (this.row && this.evidence) this.drawReading();
    this.list.element.focus();
  }

  /** Saves what was typed in the form, and goes on to the next row when it is saved. */
  correct() {
    const { form, row } = this;
    if (!form || this.stopped.isUp) return;
    if (!form.isChanged) return form.isLetterhead ? this.decide("accepted") : form.say(told("edit.same"));
    if (!this.header.reviewer) return this.header.ask();
    const said = form.meant;
    const action = Object.keys(said).length ? "corrected" : "accepted";
    const note = form.note;
    const failed = (error) => {
      if (error.status !== 422 || this.form !== form) return false;
      form.refuse(error.answer.column, error.message);
      return true;
    };
    const saved = (answer) => {
      const done = doneWith(action, row, answer.row);
      if (this.form !== form) return this.say(done);
      this.form = null;
      this.list.element.focus();
      return this.goOn(done);
    };
    this.send(row, async () => ({ action, said, note }), failed, saved);
    return undefined;
  }
}

/** Returns what is said of a correction: what it was and what it is, if its value is another. */
function doneWith(action, row, now) {
  if (action !== "corrected" || row.type !== "item" || row.value === now.value) {
    return told(`done.${action}`, { what: nameOf(row) });
  }
  return told("done.corrected.to", { before: row.value, what: [now.value, now.unit].filter(Boolean).join(" ") });
}

/** Returns the key of the smallest item at the place of a row, or "". */
function itemAt({ row, text }) {
  const { start, end } = row;
  if (start === null || start === undefined) return "";
  const there = (text?.marks ?? []).filter(
    ([first, last, kind]) => kind !== "problem" && first < Math.max(end, start + 1) && start < last,
  );
  there.sort((a, b) => a[1] - a[0] - (b[1] - b[0]));
  return there[0]?.[3] ?? "";
}

/** Returns what a row is called in a message. */
export const nameOf = (row) => {
  const words = row.kind === "letterhead" ? `${label("kind", row.kind)} ${row.file}` : row.text || row.value;
  return words.length > 60 ? `${words.slice(0, 57)}…` : words;
};
