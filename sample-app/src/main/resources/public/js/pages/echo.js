import { $, log, onReturn, onSubmit, open } from "./page.js";

let socket;

function connect() {
  socket = open("/chatsocket");
  socket.onopen = () => log("【连接成功】", "note");
  socket.onmessage = ({ data }) => log(data);
  socket.onclose = () => log("【关闭连接】", "note");
}

onSubmit("form", "text", text => {
  if (socket.readyState !== WebSocket.OPEN) {
    log("连接尚未建立", "error");
    return false;
  }
  log(text, "mine");
  socket.send(text);
});

$("close").onclick = () => socket.close();
$("connect").onclick = () => {
  if (socket.readyState === WebSocket.CLOSED) connect();
};
onReturn(connect);
connect();
