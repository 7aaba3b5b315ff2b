import { $, onReturn, open } from "./page.js";

let socket;

function connect() {
  socket = open("/message");
  socket.onopen = async () => {
    say("Connected 连接成功");
    const candidates = await (await fetch("/votes")).json(); // the page may be older than the connection
    candidates.forEach(({ id, count }) => show(id, count));
  };
  socket.onmessage = ({ data }) => {
    const { type, user, count, message } = JSON.parse(data);
    if (type === "vote") show(user, count);
    else say(message);
  };
  socket.onclose = () => say("The connection is closed 连接已关闭");
}

/** Counts only rise, so an older one that comes late is not shown. */
function show(id, count) {
  const shown = document.querySelector(`[data-id="${CSS.escape(id)}"] output`);
  shown.textContent = Math.max(count, Number(shown.textContent));
}

function say(text) {
  $("message").textContent = text;
}

function vote(id) {
  if (socket.readyState === WebSocket.OPEN) socket.send(id);
  else say("Not connected 连接尚未建立: your vote was not sent");
}

let last = { id: "", time: -1e9 };
for (const candidate of document.querySelectorAll("[data-id]")) {
  const { id } = candidate.dataset;
  candidate.ondblclick = () => vote(id);
  candidate.onkeydown = event => { // what a double-click is with the keyboard
    if (event.key !== "Enter" || event.repeat) return;
    const twice = last.id === id && event.timeStamp - last.time < 800;
    last = twice ? { id: "", time: -1e9 } : { id, time: event.timeStamp };
    if (twice) vote(id);
  };
}

$("close").onclick = () => socket.close();
$("connect").onclick = () => {
  if (socket.readyState === WebSocket.CLOSED) connect();
};
onReturn(connect);
connect();
