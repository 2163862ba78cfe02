// The document, a little shorter. All text is set as text, never as markup.
import { must, mustGet } from "./must.js";

/** An element that the page has, by its id. @type {(id: string) => HTMLElement} */
export const byId = (id) => must(document.getElementById(id), "#" + id);

/** A field or a list to choose from, by its id. @type {(id: string) => HTMLInputElement} */
export const field = (id) => /** @type {HTMLInputElement} */ (byId(id));

/** The first element that a selector finds, if it finds any. @type {(selector: string, within?: ParentNode) => HTMLElement | null} */
export const seek = (selector, within = document) => within.querySelector(selector);

/** The first element that a selector finds. @type {(selector: string, within?: ParentNode) => HTMLElement} */
export const find = (selector, within = document) => must(seek(selector, within), selector);

/** What the page wrote at an element. @type {(element: HTMLElement, name: string) => string} */
export const noted = (element, name) => must(element.dataset[name], "data-" + name);

/** All elements that a selector finds. @type {(selector: string, within?: ParentNode) => HTMLElement[]} */
export const findAll = (selector, within = document) => [.../** @type {NodeListOf<HTMLElement>} */ (within.querySelectorAll(selector))];

/** The element around what an event is about. @type {(event: Event, selector: string) => HTMLElement | null} */
export const closest = (event, selector) => /** @type {Element} */ (event.target).closest(selector);

/** Let something happen wherever a click meets what a selector finds. @type {(selector: string, act: (found: HTMLElement, event: Event) => void) => void} */
export const onClick = (selector, act) => document.addEventListener("click", (event) => {
  const found = closest(event, selector);
  if (found !== null) act(found, event);
});

/**
 * Make an element with its content; what is null is left out.
 * @type {<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes?: Record<string, string> | null, ...children: Content[]) => HTMLElementTagNameMap[Tag]}
 */
export function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Whether a reader wants nothing to move. */
export const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Bring an element into view, smoothly where that is wanted. @type {(element: Element, block?: ScrollLogicalPosition) => void} */
export const reveal = (element, block = "start") => element.scrollIntoView({ block, behavior: still ? "auto" : "smooth" });

/** @type {Map<Node, string>} */
const written = new Map();

/** Another text for an element of the page; null brings back what the page was written with. @type {(element: Element | null, text: string | null) => void} */
export function rewrite(element, text) {
  if (element === null) return;
  if (!written.has(element)) written.set(element, element.textContent);
  element.textContent = text ?? mustGet(written, element);
}

/** The words of an element as the page was written, its own and those of what is in it. @param {Element} element */
export const asWritten = (element) => [...element.childNodes].map((one) => written.get(one) ?? one.textContent).join("");
