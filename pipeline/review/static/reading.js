// The top of the evidence: what the machine read, what reviewers said of it, and what is wrong there.

import { icon, make } from "./dom.js";
import { columnName, shownCell, shownChoice } from "./form.js";
import { stateIcon } from "./list.js";
import { label, moment, stateName, told } from "./words.js";

const BESIDE = ["value_max", "total", "previous", "per", "qualifier", "change", "activity_type", "status"];

/** Returns the heading of a row: its value at large, and what it is of. */
export function heading(row, evidence) {
  const state = row.state
    ? make("span", { class: `badge badge-${row.state}` }, icon(stateIcon(row.state)), stateName(row))
    : null;
  const kind = make("span", { class: `badge kind kind-${row.kind}`, text: label("kind", row.kind) });
  return make(
    "div",
    { class: "heading" },
    make("div", { class: "badges" }, kind, state),
    largeWords(row),
    facts(row, evidence),
  );
}

function largeWords(row) {
  if (row.kind === "problem") return make("h2", { class: "large large-problem", text: row.value });
  if (row.kind === "letterhead") return make("h2", { class: "large large-problem", text: told("letterhead") });
  const unit = row.unit ? make("span", { class: "unit", text: ` ${row.unit}` }) : null;
  const object = row.object ? make("span", { class: "object", text: ` ${row.object}` }) : null;
  return make(
    "h2",
    { class: "large" },
    make("span", { class: "value", text: row.value || told("empty") }),
    unit,
    object,
  );
}

/** Returns the further cells as a list of names and values. */
function facts(row, evidence) {
  if (row.kind === "letterhead") return null;
  const form = new Map((evidence?.form ?? []).map((field) => [field.name, field]));
  const shown = [];
  for (const [name, field] of form) {
    const isBeside = row.kind !== "count" || BESIDE.includes(name);
    if (!field.value || name === "value" || !isBeside || (name === "qualifier" && field.value === "exact")) continue;
    shown.push([field.label, shownChoice(field, field.value)]);
  }
  if (!evidence && row.status) shown.push([label("column", "status"), label("status", row.status)]);
  if (evidence?.cells?.column) shown.push([label("column", "column"), evidence.cells.column]);
  if (row.rule === "review/added") shown.push([told("origin"), told("origin.added")]);
  else if (row.rule) shown.push([told("rule"), row.rule]);
  if (row.kind === "problem" && row.problems?.length) shown.push([label("column", "code"), row.problems[0]]);
  for (const field of form.values()) {
    if (field.machine === undefined || field.machine === field.value) continue;
    const name = field.name === "value" ? told("machine.value") : told("machine.of", { field: field.label });
    shown.push([name, shownChoice(field, field.machine) || told("empty")]);
  }
  return shown.length
    ? make(
        "dl",
        { class: "facts" },
        shown.map(([name, value]) => make("div", {}, make("dt", { text: name }), make("dd", { text: value }))),
      )
    : null;
}

/** Returns why there is nothing to show of a row's report, or null where there is. */
export const missing = (evidence) =>
  evidence.note
    ? make("p", { class: "callout callout-note" }, icon("disputed"), make("span", { text: evidence.note }))
    : null;

/** Returns the problems at the place of a row. */
export function messages(evidence) {
  const all = (evidence.messages ?? []).map((one) => (typeof one === "string" ? one : one.message));
  if (!all.length || evidence.row.kind === "problem") return null;
  return make(
    "ul",
    { class: "messages", "aria-label": told("problems") },
    all.map((text) => make("li", {}, icon("disputed"), make("span", { text }))),
  );
}

/** Returns what reviewers said, or null where nobody did; `agree` is called with the one that is agreed with. */
export function verdicts(evidence, reviewer, agree) {
  const all = evidence.verdicts ?? [];
  if (!all.length) return null;
  const { state } = evidence.row;
  const parts = [];
  if (state === "disputed") parts.push(callout("disputed"));
  if (state === "changed") parts.push(callout("changed"), compared(evidence));
  const spoke = evidence.row.type === "letterhead" ? together(all) : all;
  const list = spoke.map((verdict) => spoken(verdict, evidence, reviewer, state === "disputed" ? agree : null));
  const shape = state === "disputed" ? "verdicts beside" : "verdicts";
  return make("div", { class: "said" }, parts, make("ul", { class: shape, "aria-label": told("verdicts") }, list));
}

/** Returns what was said of the fields of a letterhead, what one reviewer said at once as one verdict. */
function together(all) {
  const whole = new Map();
  for (const verdict of all) {
    const key = `${verdict.reviewer} ${verdict.at}`;
    const one = whole.get(key) ?? { ...verdict, said: {} };
    if (verdict.action === "corrected") one.action = "corrected";
    Object.assign(one.said, verdict.said);
    whole.set(key, one);
  }
  return [...whole.values()];
}

const callout = (state) =>
  make(
    "p",
    { class: `callout callout-${state}` },
    icon(state),
    make("span", {}, make("strong", { text: `${told(state)}.` }), ` ${told(`${state}.told`)}`),
  );

function spoken(verdict, evidence, reviewer, agree) {
  const isOther = verdict.reviewer !== reviewer;
  const who = verdict.reviewer === reviewer ? `${verdict.reviewer} (${told("mine")})` : verdict.reviewer;
  const action = stateName(evidence.row, verdict.action);
  const said = Object.keys(verdict.said ?? {})
    .filter((name) => isTold(name, verdict, evidence))
    .map((name) => saidOf(name, verdict, evidence));
  const value =
    said.join("; ") || (verdict.action === "accepted" && evidence.row.type === "item" ? machineValue(evidence) : "");
  return make(
    "li",
    { class: `verdict verdict-${verdict.action}` },
    icon(stateIcon(verdict.action)),
    make("span", { class: "who", text: who }),
    make("span", { class: "what", text: action }),
    value ? make("strong", { text: value }) : null,
    verdict.note ? make("q", { text: verdict.note }) : null,
    make("time", { class: "faint", datetime: verdict.at, text: moment(verdict.at) }),
    agree && isOther
      ? make("button", {
          type: "button",
          class: "small agree",
          "aria-label": told("agree.with", { who: verdict.reviewer }),
          text: told("agree"),
          onclick: () => agree(verdict),
        })
      : null,
  );
}

/** Tells whether a cell that was said is worth telling: an addition says all cells, also those of its place. */
function isTold(name, verdict, evidence) {
  return verdict.action !== "added" || (evidence.form ?? []).some((field) => field.name === name);
}

function saidOf(name, verdict, evidence) {
  const field = (evidence.form ?? []).find((one) => one.name === name);
  const text = cellText(field, name, verdict.said, verdict.said_shown);
  return `${name === "value" ? "" : `${columnName(evidence.row.type, name)}: `}${text || told("empty")}`;
}

/** Returns one of `cells` as people write it: as the server shows it, where it does. */
function cellText(field, name, cells, shown) {
  if (shown?.[name] !== undefined) return field ? shownChoice(field, shown[name]) : shown[name];
  return shownCell(field, cells[name] ?? "");
}

function machineValue(evidence) {
  const field = (evidence.form ?? []).find((one) => one.name === "value");
  return field ? shownChoice(field, field.machine ?? field.value ?? "") : "";
}

/** Returns what was seen when it was decided beside what there is now, as far as they differ. */
function compared(evidence) {
  const decided = [...evidence.verdicts].reverse().find((verdict) => verdict.seen);
  if (!decided) return null;
  const then = decided.seen;
  const now = evidence.seen ?? {};
  const names = [...new Set([...Object.keys(then), ...Object.keys(now)])].filter(
    (name) => (then[name] ?? "") !== (now[name] ?? ""),
  );
  const fields = new Map((evidence.form ?? []).map((field) => [field.name, field]));
  const head = make(
    "tr",
    {},
    make("td"),
    make("th", { scope: "col", text: told("changed.then") }),
    make("th", { scope: "col", text: told("changed.now") }),
  );
  const rows = names.map((name) =>
    make(
      "tr",
      {},
      make("th", { scope: "row", text: columnName(evidence.row.type, name) }),
      make("td", { text: cellText(fields.get(name), name, then, decided.seen_shown) || told("empty") }),
      make("td", { text: cellText(fields.get(name), name, now, evidence.seen_shown) || told("empty") }),
    ),
  );
  return make("table", { class: "compared" }, make("thead", {}, head), make("tbody", {}, rows));
}
