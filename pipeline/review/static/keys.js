// The keys. Physical keys count (`event.code`), so that no input method for Vietnamese changes what they do.

const LETTERS = {
  KeyJ: "next",
  KeyK: "previous",
  KeyA: "accept",
  KeyE: "edit",
  KeyR: "reject",
  KeyZ: "undo",
  KeyM: "add",
  KeyB: "bulk",
  KeyO: "view",
  KeyG: "facets",
  Slash: "search",
};
const OTHERS = {
  ArrowDown: "next",
  ArrowUp: "previous",
  Enter: "accept",
  NumpadEnter: "accept",
  F2: "edit",
  Delete: "reject",
};
const ONCE = new Set(["accept", "edit", "reject", "undo", "add", "bulk"]);
const STORE = "baocao.letters";

export const lettersAreOn = () => localStorage.getItem(STORE) !== "off";

export function switchLetters(isOn) {
  localStorage.setItem(STORE, isOn ? "on" : "off");
  showLetters();
}

/** Shows beside buttons only the keys that do something. */
export function showLetters() {
  const isOn = lettersAreOn();
  document.body.classList.toggle("no-letters", !isOn);
  for (const element of document.querySelectorAll("[aria-keyshortcuts], [data-keys]")) {
    const keys = (element.dataset.keys ??= element.getAttribute("aria-keyshortcuts")).split(" ");
    const shown = keys.filter((key) => isOn || key.length > 1).join(" ");
    if (shown) element.setAttribute("aria-keyshortcuts", shown);
    else element.removeAttribute("aria-keyshortcuts");
  }
}

/** Returns what a key press asks for, or "" where it is none of ours. */
export function asked(event) {
  if (event.defaultPrevented || isTyping(event.target) || document.querySelector("dialog[open]")) return "";
  if (event.repeat && ONCE.has(named(event))) return "held";
  return named(event);
}

function named(event) {
  if (event.ctrlKey || event.metaKey) return event.code === "KeyZ" && !event.altKey && !event.shiftKey ? "undo" : "";
  if (event.altKey) return "";
  if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) return lettersAreOn() ? "help" : "";
  if (event.shiftKey) return "";
  if (event.code in LETTERS) return lettersAreOn() ? LETTERS[event.code] : "";
  const name = OTHERS[event.code] ?? "";
  if (name === "accept" && event.target.closest("button, a, summary, label")) return "";
  if (event.code.startsWith("Arrow") && event.target.closest("[data-scrolls], .facet-panel")) return "";
  return name;
}

export const isTyping = (target) =>
  target instanceof Element && Boolean(target.closest("input, textarea, select, [contenteditable]"));
