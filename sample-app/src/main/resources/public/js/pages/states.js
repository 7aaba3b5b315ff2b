import { $, log, onReturn, open } from "./page.js";

const WORDS = ["not yet connected 尚未连接", "connected 已连接", "closing 正在关闭", "closed or failed 已关闭或连接失败"];
const LOOK_EVERY = 50; // ms; no event tells that a browser has begun to close

let socket;

function connect(query) {
  const made = open(`/slow?ms=${$("ms").valueAsNumber || 0}${query}`);
  if (socket && socket.readyState !== WebSocket.CLOSED) {
    log("the connection before is given up", "note");
    socket.close();
  }
  socket = made;
  log("connect", "note");
  for (const event of ["open", "error", "close"]) {
    made.addEventListener(event, () => {
      if (made === socket) log(event, "note");
    });
  }
  show();
}

const headline = () => `${socket.readyState}: ${WORDS[socket.readyState]}`;

function show() {
  const text = headline();
  if ($("now").textContent === text) return;
  $("now").textContent = text;
  [...$("states").children].forEach((state, number) => {
    if (number === socket.readyState) state.ariaCurrent = "true";
    else state.ariaCurrent = null;
  });
}

$("connect").onclick = () => connect("");
$("fail").onclick = () => connect("&fail=true");
$("close").onclick = () => {
  if (socket.readyState === WebSocket.CLOSED) return log("closed already", "note");
  if (socket.readyState === WebSocket.OPEN) socket.send(new Uint8Array(1)); // its handler sleeps
  socket.close();
  log("close, please", "note");
  show();
};
$("state").onclick = () => log(headline());
setInterval(show, LOOK_EVERY);
onReturn(() => connect(""));
connect("");
