// Going on to another page, by a link, a button or a form: what was typed is sent first, for a moment at most. Whatever
// cannot be sent is kept and goes out from the next page.
// @ts-check

const MOMENT = 2500;
const LONGER = 8000;
const OF_THE_FORM = ["csrf_token", "base", "seen", "language", "do"];

/** @param {MouseEvent} event @returns {HTMLAnchorElement | null} the link that leads to another page of ours in this window */
function leading(event) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = /** @type {HTMLElement} */ (event.target).closest("a");
  if (!link || link.target || link.download || link.origin !== location.origin) return null;
  return link.pathname === location.pathname && link.search === location.search ? null : link;
}

/**
 * @param {HTMLFormElement} form of the step
 * @param {import("./sender.js").Sender} sender
 * @param {() => boolean} waiting whether something is not sent yet
 * @param {() => void} ready called before a form goes out
 * @param {() => void} unreachable called when a button needs the server and it does not answer
 */
export function leavingBy(form, sender, waiting, ready, unreachable) {
  let going = false;

  document.addEventListener("click", async (event) => {
    const link = leading(event);
    if (!link || !waiting()) return;
    event.preventDefault();
    await sender.flush(MOMENT);
    location.assign(link.href);
  });

  document.addEventListener("submit", async (event) => {
    const sent = /** @type {HTMLFormElement} */ (event.target);
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    if (going || event.defaultPrevented || sent.action.endsWith("/sign-out")) return;
    event.preventDefault();
    const reached = await sender.flush(sent === form ? LONGER : MOMENT);
    if (sent === form && button?.value === "save") return;
    if (sent === form && !reached) return unreachable();
    ready();
    going = true;
    sent.requestSubmit(button);
    going = false;
  });

  // Fields are saved one by one already: the form only says which button was pressed.
  form.addEventListener("formdata", (event) => {
    for (const name of [...event.formData.keys()]) if (!OF_THE_FORM.includes(name)) event.formData.delete(name);
  });
}
