// Other windows of this browser on the same plan: told at once what is saved and what is typed. A browser without
// such a channel finds out at the next save, as with any other person.
// @ts-check

/** @type {BroadcastChannel | null} */
const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel("finance-kit") : null;

/** @param {any} message */
export const tell = (message) => channel?.postMessage(message);

/** @param {(message: any) => void} hear */
export const listen = (hear) => channel?.addEventListener("message", (event) => hear(event.data));
