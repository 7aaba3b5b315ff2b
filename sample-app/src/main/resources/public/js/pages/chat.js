import { $, append, log, onReturn, onSubmit, open } from "./page.js";

const ids = new Set(); // a new one for each connection
let socket;

function connect() {
  socket = open("/chat");
  socket.onmessage = ({ data }) => { // the first one
    ids.add(data);
    $("me").textContent = data;
    $("log").replaceChildren(); // what was said comes with the history
    socket.onmessage = ({ data }) => show(data);
  };
  socket.onclose = () => log("【关闭连接】 closed", "note");
}

/** The server has escaped what people wrote. */
function show(markup) {
  for (const line of [...new DOMParser().parseFromString(markup, "text/html").body.children]) {
    if (ids.has(line.dataset.id)) line.className = "mine";
    append(line);
  }
}

onSubmit("form", "text", text => {
  if (socket.readyState === WebSocket.OPEN) return socket.send(text);
  log("连接尚未建立 not connected", "error");
  return false;
});

$("close").onclick = () => socket.close();
$("connect").onclick = () => {
  if (socket.readyState === WebSocket.CLOSED) connect();
};
onReturn(connect);
connect();
