import { $, log, open } from "./page.js";

$("get").onclick = async () => {
  const answer = await fetch("/message");
  log(`GET: ${answer.status} ${await answer.text()}`);
  log("that is: please use the WebSocket protocol", "note");
};

$("socket").onclick = () => {
  const socket = open("/message");
  socket.onopen = () => {
    log("WebSocket: 101 连接成功 connected");
    socket.close();
  };
  socket.onerror = () => log("WebSocket: refused; log in first 请先登录", "error");
};
