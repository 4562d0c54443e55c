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

export function moment(iso) {
  const date = new Date(iso);
  if (Number.isNaN(date.valueOf())) return iso;
  return new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "short" }).format(date);
}
