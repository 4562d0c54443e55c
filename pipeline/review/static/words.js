// The words of the page in its language, as the server gives them.

let words = {};
let locale = "vi-VN";

export function speak(config) {
  words = config.words;
  locale = config.lang === "en" ? "en-GB" : "vi-VN";
}

/** Returns the words of `key` with {names} filled in. */
export function told(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Returns what `name` is called in a group of labels, or `name` itself. */
export const label = (group, name) => words[`${group}.${name}`] ?? name;

export const number = (value) => new Intl.NumberFormat(locale).format(value);

/** Returns a moment as dd/mm/yyyy HH:MM, by the clock of who looks. */
export function moment(iso) {
  const date = new Date(iso);
  if (Number.isNaN(date.valueOf())) return iso;
  const [day, month, hour, minute] = [date.getDate(), date.getMonth() + 1, date.getHours(), date.getMinutes()].map(
    (part) => String(part).padStart(2, "0"),
  );
  return `${day}/${month}/${date.getFullYear()} ${hour}:${minute}`;
}

/** Returns what the state of a row is called: problems are not accepted or rejected, they are seen to or none. */
export const stateName = (row, state = row.state) =>
  (row.kind === "problem" && words[`problem.state.${state}`]) || label("state", state);
