// The top of the page: the folder, how far the review is, who reviews, and making the tables anew.

import { find } from "./dom.js";
import { get, nameReviewer, post } from "./server.js";
import { number, told } from "./words.js";

const STORE = "baocao.reviewer";
const WAIT = 1000;

export class Header {
  /** `named` is called when another reviewer is named, `open` returns words on decisions that are not applied. */
  constructor(config, say, named, open) {
    Object.assign(this, { say, open });
    this.input = find("#reviewer");
    this.named = named;
    this.given = config.reviewer ?? "";
    find("#folder").textContent = config.folder ?? "";
    document.title = `${told("title")} – ${config.folder ?? "baocao"}`;
    this.name(this.kept() ?? this.given);
    this.input.addEventListener("change", () => this.rename());
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      if (this.input.value.trim()) this.keep(this.reviewer);
      this.input.blur();
    });
    find("#reviewer-hint").addEventListener("click", () => this.input.select());
    find("#reviewer-hint").hidden = localStorage.getItem(STORE) !== null;
    find("#renew").addEventListener("click", () => this.renew());
    this.progress(config);
    this.follow(true);
  }

  /** Returns the name that was typed in this browser, if the server still tells the same one that it replaced. */
  kept() {
    try {
      const { given, name } = JSON.parse(localStorage.getItem(STORE) ?? "{}");
      return given === this.given ? name : undefined;
    } catch {
      return undefined;
    }
  }

  name(name) {
    this.reviewer = name;
    this.input.value = name;
    nameReviewer(name);
  }

  rename() {
    const name = this.input.value.normalize("NFC").replace(/\s+/g, " ").replaceAll(";", ",").trim();
    if (!name || name === this.reviewer) return this.name(this.reviewer);
    this.name(name);
    this.keep(name);
    this.say(told("reviewer.now", { name }));
    return this.named();
  }

  /** Keeps a name that was typed or confirmed in this browser. */
  keep(name) {
    if (!name) return;
    localStorage.setItem(STORE, JSON.stringify({ given: this.given, name }));
    find("#reviewer-hint").hidden = true;
  }

  ask() {
    this.input.focus();
  }

  progress({ decided, total }) {
    if (total === undefined) return;
    const bar = find("#bar");
    bar.max = Math.max(1, total);
    bar.value = decided;
    find("#progress").textContent = told("progress", { decided: number(decided), total: number(total) });
  }

  waiting(count) {
    const saving = find("#saving");
    if (count) this.hasSent = true;
    saving.textContent = count ? told("waiting", { count: number(count) }) : this.hasSent ? told("saved") : "";
    saving.classList.toggle("is-waiting", count > 0);
  }

  async renew() {
    try {
      await post("/api/renew");
      this.say(told("renew.running"));
      await this.follow();
    } catch (error) {
      this.say(told("renew.failed", { message: error.message }), true);
    }
  }

  /** Tells how far the making of the tables is until it is done. */
  async follow(isQuiet = false) {
    const button = find("#renew");
    const state = await get("/api/renew").catch(() => ({ running: false, isUnknown: true }));
    button.disabled = Boolean(state.running);
    if (state.running) {
      const { done, total } = state;
      button.title = total ? told("renew.of", { done: number(done), total: number(total) }) : told("renew.running");
      button.classList.add("is-running");
      setTimeout(() => this.follow(), WAIT);
      return;
    }
    button.title = "";
    button.classList.remove("is-running");
    if (isQuiet) return;
    if (state.error) this.say(told("renew.failed", { message: state.message || state.error }), true);
    else if (!state.isUnknown) {
      const open = await this.open();
      this.say(open ? told("renew.open", { told: open }) : told("renew.done"));
    }
  }
}
