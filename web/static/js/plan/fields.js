// Fields of the form: what stands in them, and putting something else there without disturbing whoever is typing.
// @ts-check

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

/** @param {string} path */
const quoted = (path) => CSS.escape(path);

/** @param {string} path @param {ParentNode} [root] @returns {Control[]} */
export const controlsOf = (path, root = document) =>
  /** @type {Control[]} */ ([...root.querySelectorAll(`[data-path="${quoted(path)}"]`)]);

/** @param {string} path @param {ParentNode} [root] @returns {HTMLElement | null} */
export const boxOf = (path, root = document) => root.querySelector(`[data-field="${quoted(path)}"]`);

/** What was typed, as it is sent. @param {string} path @param {ParentNode} [root] @returns {unknown} */
export function valueOf(path, root = document) {
  const controls = controlsOf(path, root);
  const kind = controls[0]?.dataset.kind;
  if (kind === "season") return controls.map((each) => each.value);
  if (kind === "months_of_year") {
    const ticked = controls.filter((each) => /** @type {HTMLInputElement} */ (each).checked).map((each) => Number(each.value));
    return ticked.length ? ticked : null;
  }
  return controls[0]?.value ?? "";
}

/** @param {string} path @param {unknown} value as `valueOf` gives it */
export function show(path, value) {
  const controls = controlsOf(path);
  const kind = controls[0]?.dataset.kind;
  if (kind === "months_of_year") {
    const ticked = Array.isArray(value) ? value.map(Number) : [];
    for (const each of controls) /** @type {HTMLInputElement} */ (each).checked = ticked.includes(Number(each.value));
    return;
  }
  const texts = Array.isArray(value) ? value.map(String) : [String(value ?? "")];
  controls.forEach((each, place) => put(each, texts[place] ?? ""));
}

/** @param {Control} control @param {string} text */
function put(control, text) {
  if (control.value === text) return;
  const typing = document.activeElement === control && !(control instanceof HTMLSelectElement);
  const caret = typing ? /** @type {HTMLInputElement} */ (control).selectionStart : null;
  if (control instanceof HTMLSelectElement && ![...control.options].some((each) => each.value === text)) {
    control.add(new Option(text, text));
  }
  control.value = text;
  if (caret !== null) /** @type {HTMLInputElement} */ (control).setSelectionRange(caret, caret);
}

/** The value of a field as the server's answer states it. @param {any} field @param {string} path */
export function valueIn(field, path) {
  const kind = controlsOf(path)[0]?.dataset.kind;
  if (kind === "months_of_year") return field.ticked;
  return kind === "season" ? field.texts : field.text;
}

/** Put new remarks (reading, problems) of a field in place of the old ones. @param {string} path @param {string} reading @param {string} notes made and escaped by the server @param {boolean} wrong */
export function remark(path, reading, notes, wrong) {
  const box = boxOf(path);
  if (!box) return;
  const line = box.querySelector(`[data-reading="${quoted(path)}"]`);
  if (line && line.textContent !== reading) line.textContent = reading;
  const place = box.querySelector(":scope > [data-problems-of]");
  if (place && place.innerHTML.trim() !== notes.trim()) place.innerHTML = notes;
  for (const control of controlsOf(path, box)) {
    if (wrong) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
}

/** Say at a field why it cannot be saved. @param {string} path @param {string} word @param {string} reason */
export function refuse(path, word, reason) {
  const note = document.createElement("p");
  note.className = "field-note field-error";
  note.textContent = `${word}: ${reason}`;
  remark(path, "", note.outerHTML, true);
}

/** How far the steps are. @param {{id: string, state: string, words: string}[]} steps */
export function showSteps(steps) {
  for (const step of steps) {
    for (const link of document.querySelectorAll(`[data-step="${quoted(step.id)}"] [data-step-state]`)) {
      link.className = `tag tag-${step.state}`;
      link.textContent = step.words;
    }
  }
}

/** Put another list of problems on top, folded and unfolded as the old one was. @param {string} html made and escaped by the server */
export function showProblems(html) {
  const box = document.getElementById("problems");
  if (!box || box.innerHTML.trim() === html.trim()) return;
  const unfolded = new Set([...box.querySelectorAll("details[open]")].map((each) => each.className));
  box.innerHTML = html;
  for (const each of box.querySelectorAll("details")) each.open = unfolded.has(each.className);
}
