import { $, english, log, notices } from "./page.js";

notices.on("message", text => {
  log(text);
  if (english(text)) log(english(text), "note");
});

$("notify").onclick = async () => {
  const answer = await fetch("/notify");
  log(`GET /notify: ${await answer.text()}`, "note");
  log("that is: the message was pushed", "note");
};
