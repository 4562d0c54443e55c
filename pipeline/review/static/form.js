// Fields for what a machine read: to correct it, or to say what it missed.

import { find, findAll, make } from "./dom.js";
import { label, told } from "./words.js";

const LONG = new Set(["subject", "recipients"]);
const WIDE = new Set([...LONG, "object", "basis"]);
const RARE = new Set(["value_max", "total", "previous", "per", "qualifier", "change"]);

/** A form of fields {name, label, type, choices, value, machine}; `save` is called with what was typed. */
export class Form {
  constructor(fields, { save, leave, buttons = true, title = "", note = true, extra = [] }) {
    this.fields = fields;
    this.inputs = new Map();
    this.leave = leave;
    const parts = fields.map((field) => this.part(field));
    if (note) parts.push(this.part({ name: "note", label: told("note"), type: "text", value: "" }, "wide"));
    const rare = parts.filter((_, i) => i < fields.length && isRare(fields[i]));
    if (rare.length) parts.push(this.more(rare));
    this.error = make("p", { class: "form-error", role: "alert" });
    this.element = make(
      "form",
      { class: "form", "aria-label": title || undefined, novalidate: true, autocomplete: "off" },
      title ? make("h2", { text: title }) : null,
      extra,
      make("div", { class: "fields" }, parts),
      this.error,
      buttons
        ? make(
            "div",
            { class: "form-end" },
            make("button", { type: "submit", class: "primary" }, told("save"), " ", make("kbd", { text: "Enter" })),
            make(
              "button",
              { type: "button", onclick: () => leave() },
              told("cancel"),
              " ",
              make("kbd", { text: "Esc" }),
            ),
          )
        : null,
    );
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.clearErrors();
      save();
    });
    this.element.addEventListener("keydown", (event) => this.pressed(event));
  }

  /** Returns the button that shows fields which are seldom needed, hidden until then. */
  more(rare) {
    for (const part of rare) part.hidden = true;
    const show = () => {
      for (const part of rare) part.hidden = false;
      this.moreButton.remove();
      find("input, select", rare[0]).focus();
    };
    this.moreButton = make("button", {
      type: "button",
      class: "small field-more",
      "aria-expanded": "false",
      text: told("edit.more"),
      onclick: show,
    });
    return this.moreButton;
  }

  part(field, kind = "") {
    const id = `field-${field.name}`;
    const value = field.value ?? "";
    const input =
      field.type === "choice" || field.type === "activity" ? choice(id, field, value) : typed(id, field, value);
    this.inputs.set(field.name, input);
    const read = field.machine ?? value;
    const machine =
      field.machine !== undefined && field.machine !== value
        ? make("span", {
            class: "field-machine",
            text: told("machine", { value: shownChoice(field, read) || told("empty") }),
          })
        : null;
    const problem = make("span", { class: "field-error", id: `${id}-error` });
    const wide = kind || (WIDE.has(field.name) ? "wide" : "");
    return make(
      "label",
      { class: `field ${wide}`.trim() },
      make("span", { class: "field-name", text: nameOfField(field) }),
      input,
      machine,
      problem,
    );
  }

  pressed(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.leave();
    } else if (event.key === "Enter" && event.target.tagName !== "BUTTON") {
      event.preventDefault();
      this.element.requestSubmit();
    }
  }

  focus() {
    const [first] = this.inputs.values();
    first?.focus();
    if (first?.select) first.select();
  }

  get note() {
    return this.inputs.get("note")?.value.trim() ?? "";
  }

  set note(text) {
    this.inputs.get("note").value = text;
  }

  /** Returns the texts of the fields for which `isWanted(field, text)` holds. */
  said(isWanted = () => true) {
    const said = {};
    for (const field of this.fields) {
      const text = this.inputs.get(field.name).value.trim();
      if (isWanted(field, text)) said[field.name] = text;
    }
    return said;
  }

  /** What differs from the machine's reading. */
  get corrections() {
    return this.said((field, text) => text !== (field.machine ?? field.value ?? "").trim());
  }

  /** What is to be said: what differs from the machine's reading, and what was put back to it. */
  get meant() {
    const wasPutBack = (field, text) => text !== (field.value ?? "").trim();
    return { ...this.said(wasPutBack), ...this.corrections };
  }

  get isChanged() {
    return (
      Boolean(this.note) || Object.keys(this.said((field, text) => text !== (field.value ?? "").trim())).length > 0
    );
  }

  reset() {
    for (const field of this.fields) this.inputs.get(field.name).value = field.value ?? "";
    this.clearErrors();
  }

  /** Says beside the field `column` that its text can't be read. */
  refuse(column, message) {
    const input = this.inputs.get(column);
    if (!input) return this.say(message);
    if (input.closest("[hidden]")) this.moreButton.click();
    const problem = find(`#field-${column}-error`, this.element);
    const field = this.fields.find((one) => one.name === column);
    problem.textContent = input.value.trim() ? message : told("edit.empty", { field: nameOfField(field) });
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", problem.id);
    input.focus();
    return undefined;
  }

  say(message) {
    this.error.textContent = message;
  }

  clearErrors() {
    this.error.textContent = "";
    for (const problem of findAll(".field-error", this.element)) problem.textContent = "";
    for (const input of this.inputs.values()) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
  }
}

/** Tells whether a field is seldom needed and says nothing. */
const isRare = ({ name, value = "", machine = "" }) =>
  RARE.has(name) && [value, machine].every((text) => !text || (name === "qualifier" && text === "exact"));

const nameOfField = (field) =>
  field.type === "activity" && field.name === "value" ? told("facet.activity") : field.label;

function typed(id, field, value) {
  if (LONG.has(field.name))
    return make("textarea", { id, name: field.name, rows: 1, spellcheck: "false", text: value });
  const input = make("input", { id, name: field.name, type: "text", value, spellcheck: "false", autocomplete: "off" });
  if (field.type === "number") input.inputMode = "decimal";
  return input;
}

function choice(id, field, value) {
  const choices = (field.choices ?? []).map(([code, name]) => [code, name]);
  if (!choices.some(([code]) => code === "")) choices.unshift(["", ""]);
  if (!choices.some(([code]) => code === value)) choices.push([value, value]);
  const options = choices.map(([code, name]) =>
    make("option", { value: code, selected: code === value, text: name || "–" }),
  );
  return make("select", { id, name: field.name }, options);
}

/** Returns a field's value, as people write it, by its label where it is one of a few. */
export const shownChoice = (field, value) => (field.choices ?? []).find(([code]) => code === value)?.[1] ?? value;

/** Returns a cell of the tables, of which the server has not said how people write it: «1.234,5», «16/10/2023». */
export function shownCell(field, cell) {
  if (field?.type === "number" && /^-?\d+(\.\d+)?$/.test(cell)) {
    const [whole, part] = cell.split(".");
    return whole.replace(/\B(?=(\d{3})+$)/g, ".") + (part ? `,${part}` : "");
  }
  if (field?.type === "date")
    return cell.replace(/(\d{4})-(\d\d)-(\d\d)/g, "$3/$2/$1").replace(/(\d{4})\/(?=\d\d\/)/g, "$1 – ");
  return shownChoice(field ?? {}, cell);
}

/** Returns what a cell is called. */
export const columnName = (type, name) => label(type === "letterhead" ? "field" : "column", name);
