import { $, address, append, log, onSubmit } from "./page.js";

const socket = new WebSocket(address("/chat"));
socket.onmessage = ({ data }) => { // the first one
  $("me").textContent = data;
  socket.onmessage = ({ data }) => show(data);
};
socket.onclose = () => log("【关闭连接】", "note");

/** The server has escaped what people wrote. */
function show(markup) {
  for (const line of [...new DOMParser().parseFromString(markup, "text/html").body.children]) {
    if (line.dataset.id === $("me").textContent) line.className = "mine";
    append(line);
  }
}

onSubmit("form", "text", text => {
  if (socket.readyState === WebSocket.OPEN) return socket.send(text);
  log("连接尚未建立", "error");
  return false;
});

$("close").onclick = () => socket.close();
