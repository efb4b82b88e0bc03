// The page as the server has it now, brought into the page that is open: changes of other people and other windows
// appear without a reload, and whoever is typing keeps field, caret and text.
// @ts-check
import { boxOf, controlsOf, remark, show, showProblems, valueOf } from "./fields.js";

/** The page's data for scripts. @param {ParentNode} root @returns {any} */
export const dataOf = (root) => JSON.parse(root.querySelector("#plan-data")?.textContent ?? "{}");

/** @returns {Promise<Document | null>} the same page, asked for anew; nothing when it cannot be had now */
export async function askedAnew() {
  try {
    const response = await fetch(location.pathname + location.search, { cache: "no-store", headers: { Accept: "text/html" } });
    const text = await response.text();
    const made = response.ok && !response.redirected ? new DOMParser().parseFromString(text, "text/html") : null;
    return made?.getElementById("plan-data") ? made : null;
  } catch {
    return null;
  }
}

/** Which fields and rows there are, in their order. @param {ParentNode} root */
const skeleton = (root) =>
  [...root.querySelectorAll("#step-form :is([data-path], [data-rows], [data-row])")]
    .map((each) => /** @type {HTMLElement} */ (each).dataset)
    .map((data) => data.path ?? data.rows ?? data.row)
    .join("\n");

/** Whether rows came, went or moved. @param {Document} made */
export const builtOtherwise = (made) => skeleton(document) !== skeleton(made);

/** Bring a newer page in. @param {Document} made @param {(path: string) => boolean} own whether something unsaved stands in a field */
export function bringIn(made, own) {
  if (builtOtherwise(made)) rebuild(made);
  else refresh(made, own);
  showProblems(made.getElementById("problems")?.innerHTML ?? "");
  for (const each of document.querySelectorAll("[data-steps]")) {
    const list = made.querySelector("[data-steps]");
    if (list) each.innerHTML = list.innerHTML;
  }
}

/** @param {Document} made @param {(path: string) => boolean} own */
function refresh(made, own) {
  const paths = new Set([...document.querySelectorAll("#step-form [data-path]")].map((each) => /** @type {HTMLElement} */ (each).dataset.path ?? ""));
  for (const path of paths) {
    if (!own(path)) show(path, valueOf(path, made));
    const box = boxOf(path, made);
    if (!box) continue;
    const notes = box.querySelector(":scope > [data-problems-of]")?.innerHTML ?? "";
    const reading = box.querySelector("[data-reading]")?.textContent ?? "";
    remark(path, reading, notes, controlsOf(path, box)[0]?.getAttribute("aria-invalid") === "true");
  }
}

/** @param {Document} made */
function rebuild(made) {
  const here = document.querySelector("#step-form > fieldset");
  const there = made.querySelector("#step-form > fieldset");
  if (!here || !there) return;
  const active = /** @type {HTMLInputElement | null} */ (here.contains(document.activeElement) ? document.activeElement : null);
  const caret = active && "selectionStart" in active ? active.selectionStart : null;
  const unfolded = new Map([...here.querySelectorAll("details[id]")].map((each) => [each.id, /** @type {HTMLDetailsElement} */ (each).open]));
  here.replaceChildren(...document.importNode(there, true).childNodes);
  for (const each of here.querySelectorAll("details[id]")) {
    /** @type {HTMLDetailsElement} */ (each).open = unfolded.get(each.id) ?? /** @type {HTMLDetailsElement} */ (each).open;
  }
  const again = active?.id ? /** @type {HTMLInputElement | null} */ (document.getElementById(active.id)) : null;
  again?.focus({ preventScroll: true });
  if (again && caret !== null) again.setSelectionRange(caret, caret);
}
