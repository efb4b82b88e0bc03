// The server has signed somebody out or deleted their account: what this device kept of them goes too, and of nobody else.
// @ts-check
import * as drafts from "./plan/drafts.js";
import { tell } from "./plan/windows.js";

const gone = document.querySelector("[data-gone]")?.getAttribute("data-gone");
if (gone) void drafts.forget(gone).then(() => tell({ kind: "signed-out", user: gone }));
