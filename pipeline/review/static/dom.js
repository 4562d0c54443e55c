// Elements of the page. Text from reports only ever becomes text nodes here.

const SVG = "http://www.w3.org/2000/svg";

export const find = (selector, root = document) => root.querySelector(selector);
export const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];

/** Returns an element: `on…` of its attributes are listeners, `text` its words; empty children are left out. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** Calls `then` whenever `element` has got another size, also when it is shown again. */
export function onResize(element, then) {
  let size = "";
  new ResizeObserver(() => {
    const now = `${element.clientWidth} ${element.clientHeight}`;
    if (now !== size && element.clientHeight) then();
    size = now;
  }).observe(element);
}

/** Returns one of the icons that the page brings along. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}
