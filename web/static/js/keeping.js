// On every page of somebody who is signed in: what an earlier page could not send goes out from here, and signing out
// takes everything that was kept along, after a question if some of it is not on the server.
// @ts-check
import * as drafts from "./plan/drafts.js";
import { Sender } from "./plan/sender.js";
import { tell } from "./plan/windows.js";

const user = document.querySelector('meta[name="person"]')?.getAttribute("content") ?? "";
const plan = JSON.parse(document.getElementById("plan-data")?.textContent ?? "{}").plan;

/** @param {string} id */
const senderOf = (id) => new Sender(user, id);

async function sendLeftovers() {
  for (const id of await drafts.unsaved(user)) if (id !== plan) void senderOf(id).run();
}

/** @param {HTMLFormElement} form */
async function signOut(form) {
  for (const id of await drafts.unsaved(user)) await senderOf(id).flush(2000);
  const left = (await drafts.unsaved(user)).length > 0;
  if (left && !confirm(form.dataset.unsent ?? "")) return;
  await drafts.forget(user);
  tell({ kind: "signed-out", user });
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
