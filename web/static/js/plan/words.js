// Where the text that was typed is at this moment, in words. "Saved" is only ever the server's word.
// @ts-check

const bar = document.getElementById("save-state");
const words = bar?.querySelector("[data-save-words]");
let last = words?.textContent ?? "";

/** What is said now. */
export const said = () => last;

/**
 * @param {"saved" | "saving" | "local" | "problem"} state
 * @param {string} text
 * @param {{href: string, text: string}} [link]
 */
export function say(state, text, link) {
  if (!bar || !words) return;
  const passing = state === "saving"; // seen, but not read out at each letter
  if (bar.dataset.state === state && last === text) return;
  last = text;
  if (passing) words.setAttribute("aria-hidden", "true");
  else words.removeAttribute("aria-hidden");
  bar.dataset.state = state;
  words.textContent = text;
  if (!link) return;
  const made = document.createElement("a");
  made.href = link.href;
  made.textContent = link.text;
  words.append(" ", made);
}
