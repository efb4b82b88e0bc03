// A field that was changed in two places: both sides at the field, and the person chooses. Nothing is chosen for them.
// @ts-check
import { boxOf, controlsOf } from "./fields.js";

/** @param {string} name @param {string} [className] @param {string} [text] */
function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** Where a conflict is shown: at its field, at its list when the entry is gone, else above the form. @param {string} path */
function placeOf(path) {
  for (let at = path; at; at = at.slice(0, Math.max(0, at.lastIndexOf("/")))) {
    const found = boxOf(at) ?? document.querySelector(`[data-rows="${CSS.escape(at)}"]`);
    if (found) return /** @type {HTMLElement} */ (found);
  }
  return document.querySelector("#step-form > fieldset");
}

/** @param {string} path */
export const conflictId = (path) => `conflict-${path.replace(/[^A-Za-z0-9]+/g, "-")}`;

/**
 * Show conflicts as they stand; those that are settled go.
 * @param {import("./drafts.js").Draft[]} conflicts @param {Record<string, string>} texts
 * @param {(draft: import("./drafts.js").Draft, mine: boolean) => void} chosen
 */
export function showConflicts(conflicts, texts, chosen) {
  const wanted = new Map(conflicts.map((each) => [conflictId(each.path), each]));
  for (const old of document.querySelectorAll(".conflict-here")) if (!wanted.has(old.id)) old.remove();
  for (const [id, draft] of wanted) {
    if (document.getElementById(id)) update(id, draft);
    else placeOf(draft.path)?.append(made(id, draft, texts, chosen));
  }
}

/** @param {import("./drafts.js").Draft} draft */
const typed = (draft) => {
  const control = controlsOf(draft.path)[0];
  if (control instanceof HTMLSelectElement) return control.selectedOptions[0]?.text ?? "";
  return draft.why.whole || Array.isArray(draft.value) ? draft.why.mine_text : String(draft.value ?? "");
};

/** @param {string} id @param {import("./drafts.js").Draft} draft */
function update(id, draft) {
  const mine = document.querySelector(`#${id} [data-mine]`);
  if (mine && typed(draft)) mine.textContent = typed(draft);
  const theirs = document.querySelector(`#${id} [data-theirs]`);
  if (theirs && draft.why.theirs_text) theirs.textContent = draft.why.theirs_text;
}

/** @param {string} id @param {import("./drafts.js").Draft} draft @param {Record<string, string>} texts @param {(draft: any, mine: boolean) => void} chosen */
function made(id, draft, texts, chosen) {
  const box = element("section", "notice notice-warning conflict-here");
  box.id = id;
  box.setAttribute("aria-labelledby", `${id}-title`);
  const title = element("p", "conflict-title", draft.why.told || texts.conflict);
  title.id = `${id}-title`;
  box.append(title);
  /** @param {string} words @param {string} text @param {string} mark @param {string} choice @param {boolean} mine */
  const side = (words, text, mark, choice, mine) => {
    const line = element("p", "conflict-side");
    const value = element("strong", "side", text || texts.nothing);
    value.setAttribute(mark, "");
    const button = /** @type {HTMLButtonElement} */ (element("button", "secondary small", choice));
    button.type = "button";
    button.addEventListener("click", () => chosen(draft, mine));
    line.append(`${words} `, value);
    box.append(line, button);
  };
  side(texts.theirs, draft.why.theirs_text, "data-theirs", texts.takeTheirs, false);
  side(texts.mine, typed(draft), "data-mine", texts.takeMine, true);
  return box;
}
