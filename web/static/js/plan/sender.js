// Sends what is kept, one batch after the other. Says "saved" only when the server's own answer says so; whatever else
// comes back (nothing, a page of a hotel's network, an error) leaves the batch where it is, to be sent again by its name.
// @ts-check
import * as drafts from "./drafts.js";

/**
 * What happened last: "idle" nothing to send, "sending", "later" not reached or not now, "session" sign in again,
 * "other" somebody else is signed in, "closed" this plan cannot be changed any more.
 * @typedef {{kind: "idle" | "sending" | "later" | "session" | "other" | "closed", reason?: string}} Situation
 */
/** @typedef {{status: number, data: any}} Answer */

const LONGEST_WAIT = 60_000;
const PATIENCE = 30_000;

const tokenTag = () => document.querySelector('meta[name="csrf-token"]');

export class Sender {
  /**
   * @param {string} user @param {string} plan
   * @param {{situation?: (now: Situation) => unknown, through?: () => void, saved?: (batch: drafts.Batch, answer: any) => unknown, refused?: () => void}} tell
   */
  constructor(user, plan, tell = {}) {
    this.user = user;
    this.plan = plan;
    this.tell = tell;
    this.tries = 0;
    this.begun = false;
    /** @type {Situation} */
    this.now = { kind: "idle" };
    /** @type {number | undefined} */
    this.timer = undefined;
    /** @type {Promise<void> | null} */
    this.running = null;
    addEventListener("online", () => this.poke(0));
    addEventListener("pageshow", (event) => event.persisted && this.poke(0));
    addEventListener("focus", () => this.now.kind !== "idle" && this.poke(0));
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.poke(0));
  }

  /** Send soon; each call puts it off anew. @param {number} delay milliseconds */
  poke(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), delay);
  }

  /** Send now whatever there is. @returns {Promise<void>} */
  run() {
    clearTimeout(this.timer);
    this.running ??= this.all().finally(() => (this.running = null));
    return this.running;
  }

  /** Send now, but do not wait longer than this. @param {number} limit milliseconds @returns {Promise<boolean>} whether everything that can be sent was */
  async flush(limit) {
    const until = Date.now() + limit;
    const late = () => new Promise((done) => setTimeout(done, Math.max(0, until - Date.now())));
    await Promise.race([this.running, late()]); // a run under way may have begun before the last letter
    await Promise.race([this.run(), late()]);
    return this.now.kind === "idle" && !(await this.waiting());
  }

  async waiting() {
    const { drafts: kept, batch } = await drafts.pending(this.user, this.plan);
    return Boolean(batch) || kept.some((each) => each.state === "open");
  }

  async all() {
    let fresh = false;
    if (!this.begun) await drafts.anew(this.user, this.plan);
    this.begun = true;
    for (;;) {
      const batch = await drafts.take(this.user, this.plan);
      if (!batch) {
        this.be({ kind: "idle" });
        return this.tell.through?.(); // another window may have sent what this one waited to send
      }
      this.be({ kind: "sending", reason: this.now.reason });
      const answer = await this.send(batch);
      if (answer && (answer.status === 401 || (answer.status === 400 && answer.data?.error?.code === "stale_form"))) {
        const ended = fresh ? /** @type {Situation} */ ({ kind: "session" }) : await this.resume();
        if (ended) return this.again(ended);
        fresh = true;
        continue;
      }
      const problem = await this.heard(batch, answer);
      if (problem) return this.again(problem);
      this.tries = 0;
    }
  }

  /** What an answer means; nothing when the next batch can go. @param {drafts.Batch} batch @param {Answer | null} answer @returns {Promise<Situation | null>} */
  async heard(batch, answer) {
    const told = answer?.data;
    const reason = typeof told?.error === "string" ? told.error : [told?.error?.title, told?.error?.hint].filter(Boolean).join(". ");
    if (!answer) return { kind: "later" };
    if ((answer.status === 200 || answer.status === 409) && Number.isInteger(told?.revision) && Array.isArray(told.merged)) {
      this.tell.saved?.(batch, told); // first the page, then what is kept: a letter typed in between begins from what is shown
      await drafts.answered(batch, told);
      return null;
    }
    if (answer.status === 400 && typeof told?.error === "string") {
      await drafts.refused(batch, told.path ?? "", reason);
      this.tell.refused?.();
      return null;
    }
    if (told?.error?.status === 500 && answer.status === 500 && (await drafts.failed(batch, reason))) {
      this.tell.refused?.();
      return null;
    }
    if (answer.status === 413 && told) {
      await drafts.refused(batch, "", reason); // too much at once: one by one
      this.tell.refused?.();
      return null;
    }
    if ([403, 404, 410, 428].includes(answer.status) && told) return { kind: "closed", reason };
    return { kind: "later", reason };
  }

  /** @param {Situation} situation */
  again(situation) {
    this.be(situation);
    this.tries += 1;
    const wait = Math.min(LONGEST_WAIT, 1000 * 2 ** Math.min(this.tries, 6));
    this.poke(wait * (0.75 + Math.random() / 2)); // a whole classroom should not come back in the same second
  }

  /** @param {Situation} situation */
  be(situation) {
    this.now = situation;
    this.tell.situation?.(situation);
  }

  /** @param {drafts.Batch} batch @returns {Promise<Answer | null>} */
  send(batch) {
    const changes = batch.drafts.map(change);
    const { base, seen, language, step } = batch;
    return asked(`/plans/${encodeURIComponent(this.plan)}/changes`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": tokenTag()?.getAttribute("content") ?? "" },
      body: JSON.stringify({ base, seen, batch: batch.batch, language, step, changes }),
    });
  }

  /** Is the same person signed in again, perhaps in another window? Then go on with the new token. @returns {Promise<Situation | null>} */
  async resume() {
    const answer = await asked("/session", {});
    if (!answer) return { kind: "later" };
    if (answer.status !== 200 || !answer.data?.token) return { kind: answer.status === 401 ? "session" : "later" };
    if (answer.data.person !== this.user) return { kind: "other" };
    tokenTag()?.setAttribute("content", answer.data.token);
    for (const field of document.querySelectorAll('input[name="csrf_token"]')) {
      /** @type {HTMLInputElement} */ (field).value = answer.data.token;
    }
    return null;
  }
}

/** @param {drafts.Draft} draft */
function change(draft) {
  const place = draft.path.lastIndexOf("/");
  if (draft.path[place + 1] === "@") {
    return { op: "add", path: draft.path.slice(0, place), value: draft.value }; // an entry that was taken out comes back
  }
  return { op: "set", path: draft.path, value: draft.value };
}

/** An answer of ours, with what it says; `null` for no answer at all. @param {string} address @param {RequestInit} how @returns {Promise<Answer | null>} */
async function asked(address, how) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const headers = { Accept: "application/json", ...how.headers };
    const response = await fetch(address, { cache: "no-store", ...how, headers, signal: patience.signal });
    const told = await response.json().catch(() => null);
    return { status: response.status, data: told };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
