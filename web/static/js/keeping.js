// On every page of somebody who is signed in: what an earlier page could not send goes out from here, and signing out
// asks first if some of what was typed is not on the server. It is put away by the page that answers (gone.js): a wrong
// passphrase or a server that is away must cost nothing.
// @ts-check
import * as drafts from "./plan/drafts.js";
import { Sender } from "./plan/sender.js";
import { tell } from "./plan/windows.js";

const user = document.querySelector('meta[name="person"]')?.getAttribute("content") ?? "";
const plan = JSON.parse(document.getElementById("plan-data")?.textContent ?? "{}").plan;

/** Sends what is kept of a plan, and tells windows that show it once all of it is saved. @param {string} id */
function senderOf(id) {
  let revision = 0;
  /** @type {{batch: drafts.Batch, answer: any}[]} */
  let sent = [];
  return new Sender(user, id, {
    saved(batch, answer) {
      revision = answer.revision;
      sent.push({ batch, answer });
    },
    situation(now) {
      if (!revision || now.kind !== "idle") return;
      tell({ kind: "saved", user, plan: id, revision, sent });
      sent = [];
    },
  });
}

async function sendLeftovers() {
  for (const id of await drafts.unsaved(user)) if (id !== plan) void senderOf(id).run();
}

/** @param {HTMLFormElement} form */
async function signOut(form) {
  for (const id of await drafts.unsaved(user)) await senderOf(id).flush(2000);
  const left = (await drafts.unsaved(user)).length > 0;
  if (left && !confirm(form.dataset.unsent ?? "")) return;
  form.submit();
}

if (user) {
  void sendLeftovers();
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-sign-out]"))) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void signOut(form);
    });
  }
}
