// What the page says: in passing, or so that nothing is decided before it was read.

import { find, icon, make } from "./dom.js";
import { told } from "./words.js";

const STAYS = 4000;
const DEAF = 600; // ms in which a key pressed for something else can't put a message away

let timer;

/** Says something in passing; `isWarning` where something can't be done. */
export function say(words, isWarning = false) {
  const toast = find("#toast");
  toast.textContent = words;
  toast.classList.toggle("is-warning", isWarning);
  toast.classList.add("is-shown");
  clearTimeout(timer);
  timer = setTimeout(() => toast.classList.remove("is-shown"), STAYS);
}

/** Takes away what was said in passing, if it was no warning: it turned out not to be so. */
export function unsay() {
  const toast = find("#toast");
  if (!toast.classList.contains("is-warning")) toast.classList.remove("is-shown");
}

/** A message that stops all deciding until it is put away. */
export class Stopped {
  constructor(leave) {
    this.element = find("#stop");
    this.leave = leave;
    this.isUp = false;
  }

  show(message, retry = null) {
    unsay();
    this.isUp = true;
    const at = performance.now();
    const away = () => performance.now() - at > DEAF && this.clear();
    const buttons = retry
      ? [make("button", { type: "button", class: "primary", text: told("retry"), onclick: retry })]
      : [make("button", { type: "button", class: "primary", text: told("understood"), onclick: away })];
    const words = make("p", {}, make("strong", { text: `${told("stopped")}. ` }), message);
    this.element.replaceChildren(icon("disputed"), words, ...buttons);
    buttons[0].focus({ preventScroll: true });
  }

  remind() {
    const button = find("button", this.element);
    say(told("stopped.first", { button: button.textContent }), true);
    button.focus();
  }

  clear() {
    if (!this.isUp) return;
    this.isUp = false;
    this.element.replaceChildren();
    this.leave();
  }
}
