// What was typed and is not on the server yet, kept in this browser by person and plan, and written before it is sent.
// A draft is one field. A batch is what is on its way: it keeps its random name until the server has answered, so that
// it can be sent again after a lost answer, a reload or a restart and is still counted once.
// @ts-check
import { openDB } from "../../vendor/idb/idb.js";

/**
 * @typedef {object} Draft
 * @property {string} user
 * @property {string} plan
 * @property {string} path of the field
 * @property {unknown} value what was typed: a text, twelve texts, months that are ticked
 * @property {number} base version of the plan that the person saw at this field
 * @property {string} [seen] mark of that version: its number comes again after an older copy of the store was brought back
 * @property {string} language that was typed in
 * @property {string} step page that was typed on
 * @property {number} at milliseconds, for the order
 * @property {"open" | "conflict" | "refused"} state only open drafts are sent
 * @property {any} [why] both sides of a conflict, or the reason of a refusal
 * @property {boolean} [alone] sent by itself, since its batch was refused
 */
/** @typedef {{user: string, plan: string, batch: string, base: number, seen?: string, language: string, step: string, drafts: Draft[], failures?: number}} Batch */
/** @typedef {{revision: number, seen?: string, merged: {path: string}[], conflicts?: any[]}} Answered */
/** @typedef {{drafts: Draft[], batch: Batch | undefined}} Pending */
/** @typedef {{all(): Promise<Draft[]>, put(draft: Draft): unknown, remove(path: string): unknown, batch(): Promise<Batch | undefined>, putBatch(batch: Batch): unknown, removeBatch(): unknown}} Desk */

const NAME = "finance-kit";
const MOST = 500;
const TOLERATED = 3; // failures of the server over one batch before it is taken apart

/** @type {Promise<any> | null} the database, as the library wraps it */
let opened = null;

/** Whether drafts outlive this page: a browser may forbid it, and then they are held in memory only. */
export let lasting = true;

function database() {
  opened ??= openDB(NAME, 1, {
    upgrade(/** @type {any} */ made) {
      made.createObjectStore("drafts", { keyPath: ["user", "plan", "path"] });
      made.createObjectStore("batches", { keyPath: ["user", "plan"] });
    },
    blocking() {
      void opened?.then((each) => each.close());
      opened = null; // a newer version of this program wants to change the stores
    },
    terminated() {
      opened = null; // the browser cleared this site: the next use begins anew
    },
  });
  return opened;
}

/** Everything of a plan, or of a person: arrays sort behind all texts. @param {string[]} key */
const below = (key) => IDBKeyRange.bound(key, [...key, []]);

/** Do something with what is kept of a plan, all of it or nothing. @template T @param {string} user @param {string} plan @param {(desk: Desk) => Promise<T>} work @returns {Promise<T>} */
async function at(user, plan, work) {
  for (let tries = 0; lasting && tries < 2; tries += 1) {
    try {
      return await inDatabase(user, plan, work);
    } catch {
      opened = null; // closed under us: once more. Forbidden or no room left: from now on in memory
    }
  }
  lasting = false;
  return inMemory(user, plan, work);
}

/** @template T @param {string} user @param {string} plan @param {(desk: Desk) => Promise<T>} work @returns {Promise<T>} */
async function inDatabase(user, plan, work) {
  const transaction = (await database()).transaction(["drafts", "batches"], "readwrite");
  const done = transaction.done;
  done.catch(() => undefined); // heard below; work may fail first
  const drafts = transaction.objectStore("drafts");
  const batches = transaction.objectStore("batches");
  const result = await work({
    all: () => drafts.getAll(below([user, plan])),
    put: (draft) => drafts.put(draft),
    remove: (path) => drafts.delete([user, plan, path]),
    batch: () => batches.get([user, plan]),
    putBatch: (batch) => batches.put(batch),
    removeBatch: () => batches.delete([user, plan]),
  });
  await done;
  return result;
}

/** @type {Map<string, {drafts: Map<string, Draft>, batch: Batch | undefined}>} */
const memory = new Map();
let turn = Promise.resolve();

/** @template T @param {string} user @param {string} plan @param {(desk: Desk) => Promise<T>} work @returns {Promise<T>} */
function inMemory(user, plan, work) {
  const key = JSON.stringify([user, plan]);
  const held = memory.get(key) ?? { drafts: new Map(), batch: undefined };
  memory.set(key, held);
  const done = turn.then(() =>
    work({
      all: async () => [...held.drafts.values()],
      put: (draft) => held.drafts.set(draft.path, draft),
      remove: (path) => held.drafts.delete(path),
      batch: async () => held.batch,
      putBatch: (batch) => (held.batch = batch),
      removeBatch: () => (held.batch = undefined),
    }),
  );
  turn = done.then(() => undefined, () => undefined);
  return done;
}

/** A name that nothing else has; works on plain http too. */
export function randomName() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Keep what was typed into a field. The version it started from stays the one of its first letter. @param {Draft} draft */
export function keep(draft) {
  return at(draft.user, draft.plan, async (desk) => {
    const before = (await desk.all()).find((each) => each.path === draft.path);
    const onItsWay = (await desk.batch())?.drafts.find((each) => each.path === draft.path);
    const { base, seen } = before ?? onItsWay ?? draft;
    const held = before?.state === "conflict" ? { state: before.state, why: before.why } : {};
    desk.put({ ...draft, base, seen, ...held });
  });
}

/** What is not saved yet of a plan. @param {string} user @param {string} plan @returns {Promise<Pending>} */
export function pending(user, plan) {
  return at(user, plan, async (desk) => ({
    drafts: (await desk.all()).sort((one, other) => one.at - other.at),
    batch: await desk.batch(),
  }));
}

/** The batch to send now: the one that has no answer yet, else a new one of drafts that belong together. @param {string} user @param {string} plan @returns {Promise<Batch | null>} */
export function take(user, plan) {
  return at(user, plan, async (desk) => {
    const waiting = await desk.batch();
    if (waiting) return waiting;
    const open = (await desk.all()).filter((each) => each.state === "open");
    open.sort((one, other) => one.base - other.base || one.at - other.at);
    const first = open[0];
    if (!first) return null;
    const alike = (/** @type {Draft} */ each) =>
      each === first ||
      (!first.alone && !each.alone && each.base === first.base && each.seen === first.seen && each.language === first.language);
    const drafts = open.filter(alike).slice(0, MOST);
    const { base, seen, language, step } = first;
    const batch = { user, plan, batch: randomName(), base, seen, language, step, drafts };
    desk.putBatch(batch);
    for (const each of drafts) desk.remove(each.path);
    return batch;
  });
}

/** @param {string} one @param {string} other */
const touches = (one, other) => one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);

/**
 * The server has answered: the batch is done. What was typed meanwhile goes on from the new version, unless somebody
 * else has changed that field too. Fields in conflict come back as drafts that wait for a choice.
 * @param {Batch} batch @param {Answered} answer @returns {Promise<boolean>} false when another window had done this already
 */
export function answered(batch, answer) {
  return at(batch.user, batch.plan, async (desk) => {
    if ((await desk.batch())?.batch !== batch.batch) return false;
    desk.removeBatch();
    const conflicts = answer.conflicts ?? [];
    const later = await goOn(desk, batch, answer);
    for (const conflict of conflicts) await disagree(desk, batch, answer, conflict, later);
    return true;
  });
}

/** Another window has answered this batch: what was typed here in that instant goes on from the new version too. @param {Batch} batch @param {Answered} answer */
export const followed = (batch, answer) => at(batch.user, batch.plan, (desk) => goOn(desk, batch, answer));

/** What is kept, as it was before; what began from the version of the batch begins from the answer's now. @param {Desk} desk @param {Batch} batch @param {Answered} answer @returns {Promise<Draft[]>} */
async function goOn(desk, batch, answer) {
  const others = [...answer.merged, ...(answer.conflicts ?? [])].map((each) => each.path);
  const later = await desk.all();
  for (const each of later) {
    if (each.base === batch.base && each.seen === batch.seen && !others.some((path) => touches(each.path, path))) {
      desk.put({ ...each, base: answer.revision, seen: answer.seen });
    }
  }
  return later;
}

/** @param {Desk} desk @param {Batch} batch @param {{revision: number, seen?: string}} answer @param {any} conflict @param {Draft[]} later */
async function disagree(desk, batch, { revision, seen }, conflict, later) {
  const parts = [...batch.drafts, ...later].filter((each) => touches(each.path, conflict.path));
  const own = parts.filter((each) => each.path === conflict.path).pop();
  const why = { ...conflict, revision, seen, whole: !own };
  for (const each of later) if (each.path.startsWith(`${conflict.path}/`)) desk.remove(each.path);
  const { user, plan, language, step } = batch;
  const value = own ? own.value : conflict.mine;
  const typedAt = parts.pop()?.at ?? Date.now();
  desk.put({ user, plan, path: conflict.path, value, base: revision, seen, language, step, at: typedAt, state: "conflict", why });
}

/** The server itself failed over this batch. Time and again: its fields are sent one by one, and the one that it fails over alone waits, so that the others can go. @param {Batch} batch @param {string} reason @returns {Promise<boolean>} whether something else can be sent now */
export async function failed(batch, reason) {
  const enough = await at(batch.user, batch.plan, async (desk) => {
    const now = await desk.batch();
    if (now?.batch !== batch.batch) return true;
    const failures = (now.failures ?? 0) + 1;
    desk.putBatch({ ...now, failures });
    return failures >= TOLERATED;
  });
  if (enough) await refused(batch, "", reason, true);
  return enough;
}

/** What waits since the server failed over it is tried once more: a fault of a server does not last. @param {string} user @param {string} plan */
export function anew(user, plan) {
  return at(user, plan, async (desk) => {
    for (const each of await desk.all()) {
      if (each.state === "refused" && each.why?.anew) desk.put({ ...each, state: "open", why: undefined, alone: true });
    }
  });
}

/** The server will never take this as it is: it stays here with the reason. @param {Batch} batch @param {string} path empty when the reason names no field @param {string} reason @param {boolean} [later] whether the fault is the server's, and the next page may try again */
export function refused(batch, path, reason, later = false) {
  return at(batch.user, batch.plan, async (desk) => {
    if ((await desk.batch())?.batch !== batch.batch) return;
    desk.removeBatch();
    const named = batch.drafts.filter((each) => path && touches(each.path, path));
    const guilty = named.length ? named : batch.drafts.length === 1 ? batch.drafts : [];
    const typed = new Set((await desk.all()).map((each) => each.path));
    for (const each of batch.drafts) {
      if (typed.has(each.path)) continue; // typed anew meanwhile
      const refusal = guilty.includes(each) ? { state: /** @type {"refused"} */ ("refused"), why: { reason, anew: later } } : {};
      desk.put({ ...each, ...refusal, alone: guilty.length === 0 });
    }
  });
}

/** A conflict is settled. @param {Draft} draft @param {boolean} mine whether what was typed here holds */
export function settle(draft, mine) {
  return at(draft.user, draft.plan, async (desk) => {
    const now = (await desk.all()).find((each) => each.path === draft.path);
    if (!now) return;
    if (!mine) desk.remove(now.path);
    else desk.put({ ...now, state: "open", base: now.why?.revision ?? now.base, seen: now.why?.revision ? now.why.seen : now.seen, why: now.why?.whole ? now.why : undefined });
  });
}

/** @param {string} user @param {string} plan @param {string} path */
export function drop(user, plan, path) {
  return at(user, plan, async (desk) => void desk.remove(path));
}

/** Plans of a person of which something is not saved yet. @param {string} user @returns {Promise<string[]>} */
export async function unsaved(user) {
  const found = new Set([...memory].filter(([, held]) => held.batch || held.drafts.size).map(([key]) => JSON.parse(key)[1]));
  try {
    const opening = await database();
    for (const store of ["drafts", "batches"]) {
      for (const key of await opening.getAllKeys(store, below([user]))) found.add(/** @type {string[]} */ (key)[1]);
    }
  } catch {
    opened = null;
  }
  return [...found];
}

/** Forget everything of a person. @param {string} user */
export async function forget(user) {
  memory.clear();
  try {
    const transaction = (await database()).transaction(["drafts", "batches"], "readwrite");
    transaction.objectStore("drafts").delete(below([user]));
    transaction.objectStore("batches").delete(below([user]));
    await transaction.done;
  } catch {
    opened = null;
  }
}
