import { $, log, onReturn, onSubmit, open } from "./page.js";

let socket;

function connect() {
  socket = open(location.pathname);
  socket.onopen = () => log(`Connected 连接成功: ${decodeURI(location.pathname)}`, "note");
  socket.onmessage = ({ data }) => log(`服务器回应: ${data}`);
  socket.onerror = () => log("Error 连接出错", "error");
  socket.onclose = ({ code }) => log(`Closed 连接已关闭: ${code}`, "note");
}

onSubmit("form", "text", text => {
  if (socket.readyState !== WebSocket.OPEN) {
    log("Not connected 连接尚未建立", "error");
    return false;
  }
  log(`我: ${text}`, "mine");
  socket.send(text);
});

$("close").onclick = () => socket.close(1000);
$("fail").onclick = () => socket.close(4000, "as if it had failed");
$("connect").onclick = () => {
  if (socket.readyState === WebSocket.CLOSED) connect();
};
onReturn(connect);
connect();
