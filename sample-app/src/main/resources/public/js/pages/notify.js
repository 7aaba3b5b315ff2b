import { $, log, notices } from "./page.js";

notices.on("message", text => log(text));

$("notify").onclick = async () => {
  const answer = await fetch("/notify");
  log(`GET /notify: ${await answer.text()}`, "note");
};
