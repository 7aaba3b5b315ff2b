import { $, address, log } from "./page.js";

const WORDS = ["not yet connected 尚未连接", "connected 已连接", "closing 正在关闭", "closed or failed 已关闭或连接失败"];

let socket;

function connect(query) {
  socket = new WebSocket(address(`/slow?ms=${$("ms").valueAsNumber || 0}${query}`));
  log("connect", "note");
  for (const event of ["open", "error", "close"]) socket.addEventListener(event, () => log(event, "note"));
}

$("connect").onclick = () => connect("");
$("fail").onclick = () => connect("&fail=true");
$("close").onclick = () => {
  if (socket.readyState === WebSocket.OPEN) socket.send(new Uint8Array(1)); // its handler sleeps
  socket.close();
  log("close, please", "note");
};
$("state").onclick = () => {
  const text = `${socket.readyState}: ${WORDS[socket.readyState]}`;
  $("now").textContent = text;
  log(text);
};
connect("");
