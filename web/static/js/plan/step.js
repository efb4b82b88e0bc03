// A step of a plan saves by itself: each letter is kept on this device, sent a moment later, and the answer is shown at
// the field. Without this script the same form is sent with its buttons.
// @ts-check
import { showConflicts, conflictId } from "./conflict.js";
import * as drafts from "./drafts.js";
import { controlsOf, refuse, remark, show, showProblems, showSteps, valueIn, valueOf } from "./fields.js";
import { askedAnew, bringIn, builtOtherwise, dataOf } from "./fresh.js";
import { leavingBy } from "./leaving.js";
import { Sender } from "./sender.js";
import { listen, tell } from "./windows.js";
import { said, say } from "./words.js";

const PAUSE = 600;
const SEEN_LONG_AGO = 15_000;

const data = dataOf(document);
const texts = data.texts;
const form = /** @type {HTMLFormElement} */ (document.getElementById("step-form"));
const user = document.querySelector('meta[name="person"]')?.getAttribute("content") ?? "";

/** What the page shows: of which version, when that was asked for, and what stands in fields without being saved. */
const page = { revision: data.revision, mark: data.seen, seen: Date.now(), savedWords: said(), wanted: false };
/** @type {Map<string, drafts.Draft>} */
const unsaved = new Map();
/** Fields that show a later version than the page. @type {Map<string, {revision: number, mark: string}>} */
const later = new Map();
/** Texts as the server writes them, put into a field once it is left. @type {Map<string, unknown>} */
const tidy = new Map();
const sender = new Sender(user, data.plan, { situation: state, saved, refused: () => void look(), through: () => void look() });

// ------------------------------------------------------------------------------------------------------------- typing

let lastTyped = 0;

/** @param {Event} event */
function typed(event) {
  const path = /** @type {HTMLElement} */ (event.target).dataset?.path;
  if (!path) return;
  tidy.delete(path);
  const { revision: base, mark: seen } = later.get(path) ?? page;
  const now = unsaved.get(path);
  const held = now?.state === "conflict" ? { state: now.state, why: now.why } : { state: /** @type {"open"} */ ("open") };
  lastTyped = Math.max(Date.now(), lastTyped + 1);
  const { plan, language, step } = data;
  const draft = { user, plan, path, value: valueOf(path), base, seen, language, step, at: lastTyped, ...held };
  unsaved.set(path, draft);
  void drafts.keep(draft).then(() => {
    state(sender.now);
    tell({ kind: "typed", user, plan: data.plan, path, value: draft.value });
  });
  if (now?.state === "conflict") showConflicts(disputed(), texts, choose);
  sender.poke(event.type === "input" ? PAUSE : 0);
}

form.addEventListener("input", typed);
form.addEventListener("change", (event) => {
  if (unsaved.has(/** @type {HTMLElement} */ (event.target).dataset?.path ?? "")) sender.poke(0);
});
form.addEventListener("focusout", (event) => {
  const path = /** @type {HTMLElement} */ (event.target).dataset?.path ?? "";
  if (unsaved.has(path)) sender.poke(0);
  else if (tidy.has(path)) show(path, tidy.get(path));
  tidy.delete(path);
  if (page.wanted) setTimeout(() => void renew(), 0);
});

// ------------------------------------------------------------------------------------------------------------- saving

/** The server has saved a batch. @param {drafts.Batch} batch @param {any} answer */
function saved(batch, answer) {
  page.savedWords = answer.saved_words;
  const conflicts = standing(batch, answer);
  showSteps(answer.steps);
  if (batch.step === data.step && typeof answer.problems_html === "string") showProblems(answer.problems_html);
  const another = answer.revision === page.revision && answer.seen !== page.mark; // an older copy of the plan was brought back
  if (answer.merged.length || conflicts || another) page.wanted = true;
  else if (answer.revision > page.revision) showing(answer.revision, answer.seen);
  document.body.dispatchEvent(new CustomEvent("plan-saved", { detail: { revision: answer.revision } }));
  const { revision, seen, merged, fields } = answer;
  const told = { revision, seen, merged, fields, conflicts: answer.conflicts ?? [] };
  tell({ kind: "saved", user, plan: data.plan, revision, sent: [{ batch, answer: told }] });
  setTimeout(() => void look().then(() => (page.wanted ? renew() : undefined)), 0);
}

/** The fields of a batch show what is kept now; what is typed into them next begins from there. @param {drafts.Batch} batch @param {any} answer @returns {number} how many are in conflict */
function standing(batch, answer) {
  const conflicts = new Set((answer.conflicts ?? []).map((/** @type {any} */ each) => each.path));
  for (const sent of batch.drafts) {
    const now = unsaved.get(sent.path);
    const clean = !now || (now.at === sent.at && !conflicts.has(sent.path));
    if (clean) unsaved.delete(sent.path);
    const { revision, mark } = answer.revision < page.revision ? page : { ...answer, mark: answer.seen };
    later.set(sent.path, { revision, mark });
    const field = answer.fields?.[sent.path];
    if (!field || controlsOf(sent.path).length === 0) continue;
    remark(sent.path, field.reading, field.notes, field.wrong);
    if (!clean) continue;
    // Typed here and still in it: tidied once it is left. Another window's text that this one has sent is shown at once.
    const inIt = controlsOf(sent.path).includes(/** @type {any} */ (document.activeElement));
    if (inIt && String(valueOf(sent.path)) === String(sent.value)) tidy.set(sent.path, valueIn(field, sent.path));
    else show(sent.path, valueIn(field, sent.path));
  }
  return conflicts.size;
}

/** The page shows this version now. @param {number} revision @param {string} mark */
function showing(revision, mark) {
  page.revision = revision;
  page.mark = mark;
  later.clear();
  for (const name of ["#step-form", "#undo-form"]) {
    const told = Object.entries({ base: String(revision), seen: mark });
    for (const [field, value] of told) {
      const input = /** @type {HTMLInputElement | null} */ (document.querySelector(`${name} input[name="${field}"]`));
      if (input) input.value = value;
    }
  }
  const undo = /** @type {HTMLElement | null} */ (document.querySelector(".undo"));
  if (undo && revision > 1) undo.hidden = false;
}

/** Read back what is kept, and show it. */
async function look() {
  const before = new Map(unsaved);
  const kept = await drafts.pending(user, data.plan);
  const all = [...(kept.batch?.drafts ?? []), ...kept.drafts];
  const known = new Set(all.map((each) => each.path));
  for (const [path, draft] of before) if (!known.has(path) && unsaved.get(path) === draft) unsaved.delete(path);
  for (const draft of all) {
    if ((unsaved.get(draft.path)?.at ?? 0) > draft.at) continue; // typed a moment ago, being written
    unsaved.set(draft.path, draft);
    if (draft.state !== "conflict" || !draft.why.whole) show(draft.path, draft.value);
  }
  for (const draft of unsaved.values()) {
    if (draft.state === "refused") refuse(draft.path, texts.refused, draft.why.reason);
  }
  showConflicts(disputed(), texts, choose);
  state(sender.now);
}

const disputed = () => [...unsaved.values()].filter((each) => each.state === "conflict");

/** Show what others have changed. Rows are not moved under somebody who is typing: then it waits until they are through. */
async function renew() {
  page.wanted = true;
  const made = await askedAnew();
  if (!made) return;
  const fresh = dataOf(made);
  const outdated = fresh.revision < Math.max(page.revision, ...[...later.values()].map((each) => each.revision));
  if (fresh.plan !== data.plan || outdated || fresh.language !== data.language) return;
  const active = /** @type {HTMLElement | null} */ (document.activeElement);
  if (builtOtherwise(made) && active?.dataset.path && /INPUT|TEXTAREA/.test(active.tagName)) return;
  page.wanted = false;
  page.seen = Date.now();
  bringIn(made, (path) => unsaved.has(path));
  relabel();
  showing(fresh.revision, fresh.seen);
  await look();
}

/** @param {drafts.Draft} draft @param {boolean} mine */
async function choose(draft, mine) {
  await drafts.settle(draft, mine);
  if (!mine) unsaved.delete(draft.path);
  await look();
  if (mine) await sender.flush(5000);
  await renew();
  (controlsOf(draft.path)[0] ?? document.getElementById("main"))?.focus();
}

// -------------------------------------------------------------------------------------------------------------- words

/** @param {import("./sender.js").Situation} now */
function state(now) {
  const kept = [...unsaved.values()];
  const [dispute] = disputed();
  const waiting = kept.some((each) => each.state === "open");
  const refusal = kept.find((each) => each.state === "refused");
  if (now.kind === "session") return say("problem", texts.session, data.signIn ? { href: data.signIn, text: texts.signIn } : undefined);
  if (now.kind === "other") return say("problem", texts.other);
  if (now.kind === "closed") return say("problem", texts.failed.replace("{reason}", now.reason ?? ""));
  if (now.kind === "later") return say("local", now.reason ? texts.failed.replace("{reason}", now.reason) : texts.offline);
  if (dispute) return say("problem", texts.changed, { href: `#${conflictId(dispute.path)}`, text: texts.choose });
  if (refusal) return say("problem", texts.failed.replace("{reason}", refusal.why.reason));
  if (waiting && !drafts.lasting) return say("local", texts.fleeting);
  if (now.kind === "sending") return say("saving", texts.saving);
  if (waiting) return say("saving", texts.kept);
  say("saved", page.savedWords);
}

// ------------------------------------------------------------------------------------------------------ other windows

listen((message) => {
  if (message.user !== user) return;
  if (message.kind === "signed-out") return location.reload();
  if (message.plan !== data.plan) return;
  if (message.kind === "saved") void savedElsewhere(message);
  if (message.kind === "typed" && document.activeElement !== controlsOf(message.path)[0]) void look();
});

/** What the same person typed in another window is saved: no change of somebody else that this window would have to ask about. @param {{revision: number, sent: {batch: drafts.Batch, answer: any}[]}} message */
async function savedElsewhere({ revision, sent = [] }) {
  for (const { batch, answer } of sent) {
    if (batch.language === data.language && answer.revision > page.revision) standing(batch, answer);
    await drafts.followed(batch, answer);
  }
  if (revision > page.revision) await renew();
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible") return void sender.run();
  void look();
  if (Date.now() - page.seen > SEEN_LONG_AGO) void renew();
});

addEventListener("beforeunload", (event) => {
  if (!drafts.lasting && unsaved.size) event.preventDefault();
});

// -------------------------------------------------------------------------------------------------------------- start

/** Buttons that saved only lead on now. */
function relabel() {
  for (const each of document.querySelectorAll("[data-autosave-text]")) {
    each.textContent = each.getAttribute("data-autosave-text");
  }
}

if (user && data.mayEdit) {
  document.documentElement.dataset.autosave = "on";
  relabel();
  const waiting = () => [...unsaved.values()].some((each) => each.state === "open");
  leavingBy(form, sender, waiting, () => showing(page.revision, page.mark), () => say("local", texts.offline));
  void look().then(() => sender.run());
}
