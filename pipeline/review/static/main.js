// The review page: its parts put together, and what keys and buttons do.

import { Adding } from "./adding.js";
import { Bulk } from "./bulk.js";
import { Desk, nameOf } from "./desk.js";
import { find } from "./dom.js";
import { Evidences } from "./evidences.js";
import { Facets } from "./facets.js";
import { Header } from "./header.js";
import { asked, lettersAreOn, showLetters, switchLetters } from "./keys.js";
import { List, counted } from "./list.js";
import { Stopped, say } from "./messages.js";
import { Notice } from "./notice.js";
import { Pages } from "./pages.js";
import { Passage } from "./passage.js";
import { Queue } from "./queue.js";
import { Rows } from "./rows.js";
import { get, post } from "./server.js";
import { number, speak, told } from "./words.js";

const POLL = 3000;

class Page {
  constructor(config) {
    this.config = config;
    this.last = config.last;
    this.touched = new Map();
    this.say = say;
    this.stopped = new Stopped(() => this.list.element.focus());
    this.queue = new Queue({
      changed: () => this.header?.waiting(this.queue.waiting),
      held: (error, task) => this.held(error, task),
      resumed: () => this.resumed(),
    });
    this.notice = new Notice((states) => this.facets.showStates(states));
    this.header = new Header(config, say, () => this.reopen(), () => this.notice.look());
    this.evidences = new Evidences();
    this.rows = new Rows(this.queue, () => this.list?.draw());
    this.rows.moved = () => this.reopen();
    this.rows.failed = (error) => say(told("failed", { message: error.message }), true);
    this.list = new List(find("#list"), this.rows, (position) => this.desk.move(position));
    this.passage = new Passage(find("#text"), (key) => this.jump(key));
    this.pages = new Pages(find("#pages"), this.evidences);
    this.seek = (key) => this.find(key);
    this.desk = new Desk(this);
    this.facets = new Facets(config, (key, isWider) => this.refilter(key, isWider));
    this.adding = new Adding(this.desk, () => this.reopen());
    this.desk.left = () => this.adding.mark(false);
    this.bulk = new Bulk(this.desk, this.facets, () => this.reopen());
    this.listen();
  }

  async start() {
    this.desk.blank();
    await this.refilter();
    this.notice.look();
    if (this.config.notice) say(this.config.notice, true);
    this.list.element.focus();
    setTimeout(() => this.poll(), POLL);
  }

  /** Shows what the filter finds: from its first row on, or around the row `key`, or that at hand where it `isWider`. */
  refilter(key = "", isWider = false) {
    if (key) return this.reopen(true, key);
    if (!isWider || !this.desk.row) this.list.element.scrollTop = 0;
    return isWider ? this.reopen(true, "", 0) : this.reopen(false);
  }

  /** Asks for the list anew; the row at hand stays the one at hand where it still is in it. */
  async reopen(isKept = true, wanted = "", otherwise = Math.max(0, this.desk.at)) {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const [key, at] = isKept ? [wanted || (this.desk.row?.key ?? ""), otherwise] : ["", 0];
    const position = at - this.rows.dropped(at);
    this.list.element.setAttribute("aria-busy", "true");
    try {
      const found = await this.rows.open(this.facets.query, key, position);
      if (turn === this.turn) this.opened(found);
    } catch (error) {
      say(told("failed", { message: error.message }), true);
    }
    if (turn === this.turn) this.list.element.removeAttribute("aria-busy");
  }

  opened(position) {
    find("#count").textContent = counted(this.rows.total);
    this.list.clear();
    if (this.desk.isTyping) return this.keep(position);
    if (this.rows.total) return this.desk.go(position);
    this.desk.at = -1;
    return this.desk.blank(told("list.none"));
  }

  /** Leaves the row at hand as it is, something being typed; what comes after it is what the list has next. */
  keep(position) {
    const isThere = this.rows.row(position)?.key === this.desk.row.key;
    this.desk.at = isThere ? position : position - 1;
    this.list.choose(this.desk.at);
  }

  /** Goes to the row of something marked in the text, if the filter shows it. */
  jump(key) {
    const position = this.rows.position(key);
    if (position >= 0) this.desk.move(position);
  }

  /** Goes to a row wherever it is: the filter is taken off where it hides it. */
  async find(key) {
    this.evidences.forgetAll();
    this.desk.form = null;
    await this.reopen(true, key);
    if (this.rows.position(key) >= 0) return;
    this.facets.read(new URLSearchParams());
    await this.facets.apply(key);
  }

  held(error, task) {
    const message = told(`stopped.${error.fault}`, { count: number(this.queue.waiting), reason: error.message });
    if (task.row) this.desk.goBack(this.rows.row(this.rows.position(task.row.key)) ?? task.row);
    this.stopped.show(told("stopped.about", { what: task.what, message }), () => this.queue.retry());
  }

  resumed() {
    this.stopped.clear();
    say(told("stopped.over"));
  }

  /** Takes back the last decision, and shows what it was about. */
  async undo() {
    if (this.stopped.isUp) return this.stopped.remind();
    if (this.desk.isTyping) return say(told("form.open"), true);
    const as = this.header.reviewer;
    try {
      const answer = await this.queue.after(() => post("/api/undo", {}, as), told("undo"));
      this.undone(answer);
    } catch (error) {
      say(told("failed", { message: error.message }), true);
    }
    return undefined;
  }

  undone(answer) {
    this.header.progress(answer);
    if (!answer.count) return say(told("done.nothing"), true);
    for (const key of answer.keys) this.evidences.forget(key);
    const { row } = answer;
    if (answer.count > 1 || !row) {
      say(told("done.undone.many", { count: number(answer.count) }));
      return this.reopen();
    }
    say(told("done.undone", { what: nameOf(row) }));
    this.desk.settle(answer);
    const position = this.rows.position(row.key);
    return position >= 0 ? this.desk.go(position) : this.reopen();
  }

  /** Asks every few seconds what others decided, and what this reviewer did in other windows. */
  async poll() {
    const began = performance.now();
    try {
      const answer = await get("/api/changes", new URLSearchParams({ after: this.last }));
      this.last = answer.last;
      this.header.progress(answer);
      for (const row of answer.rows) this.changed(row, began);
      this.notice.see(answer.rows);
      if (answer.many || (this.tables && answer.tables !== this.tables)) this.renewed();
      this.tables = answer.tables;
    } catch {
      // Whatever was decided is kept in the queue, which says so; the next poll comes.
    }
    setTimeout(() => this.poll(), POLL);
  }

  /** Shows tables that were made anew, or of which much has changed. */
  renewed() {
    this.notice.look();
    this.evidences.forgetAll();
    if (!this.desk.isBusy) this.desk.evidence = null;
    this.reopen();
  }

  changed(row, began) {
    if (this.desk.latest.has(row.key) || (this.touched.get(row.key) ?? 0) > began) return;
    this.evidences.forget(row.key);
    this.rows.show(row);
    // What is being typed was meant for what was shown then: saving it is refused, and says so.
    if (this.desk.row?.key === row.key && !this.desk.isTyping) this.desk.open(row);
  }

  listen() {
    const actions = {
      next: () => this.desk.move(this.desk.at + 1),
      previous: () => this.desk.move(this.desk.at - 1),
      accept: () => this.desk.decide("accepted"),
      reject: () => this.desk.decide("rejected"),
      edit: () => this.desk.edit(),
      undo: () => this.undo(),
      add: () => this.adding.begin(),
      bulk: () => this.bulk.ask(),
      search: () => this.facets.search.select(),
      facets: () => this.facets.focus(),
      view: () => this.desk.views.turn(),
      help: () => find("#help").showModal(),
    };
    document.addEventListener("keydown", (event) => {
      const name = asked(event);
      if (!name) return;
      event.preventDefault();
      if (!this.adding.isMarking) actions[name]?.();
    });
    find("#actions").addEventListener("click", (event) => actions[event.target.closest("[data-do]")?.dataset.do]?.());
    // A pressed button must not take away what was marked in the text.
    find("#actions").addEventListener("mousedown", (event) => event.preventDefault());
    find("#bulk").addEventListener("click", actions.bulk);
    find("#help-open").addEventListener("click", actions.help);
    find(".skip").addEventListener("click", (event) => {
      event.preventDefault();
      find("#evidence").focus();
    });
    this.list.element.addEventListener("keydown", (event) => this.scrolled(event));
    this.facets.search.addEventListener("keydown", (event) => {
      if (event.isComposing || !["Escape", "Enter", "ArrowDown"].includes(event.key)) return;
      event.preventDefault();
      if (event.key === "Escape" && this.facets.search.value) this.facets.clearSearch();
      else this.list.element.focus();
    });
    const letters = find("#letters");
    letters.checked = lettersAreOn();
    letters.addEventListener("change", () => switchLetters(letters.checked));
    showLetters();
  }

  scrolled(event) {
    const to = {
      Home: 0,
      End: this.rows.total - 1,
      PageUp: Math.max(0, this.desk.at - this.list.page),
      PageDown: Math.min(this.rows.total - 1, this.desk.at + this.list.page),
    }[event.code];
    if (to === undefined || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    this.desk.move(to);
  }
}

const config = await get("/api/config");
speak(config);
await new Page(config).start();
