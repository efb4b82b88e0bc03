// After an account was deleted: what this device kept of the person goes too, where the browser does not do it by itself.
// @ts-check
import * as drafts from "./plan/drafts.js";

const gone = document.querySelector("[data-gone]")?.getAttribute("data-gone");
if (gone) void drafts.forget(gone);
