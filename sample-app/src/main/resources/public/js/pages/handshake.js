import { $, element, open } from "./page.js";

function show({ request, response, accept, expected }) {
  $("exchange").hidden = false;
  $("request").textContent = request.join("\n");
  $("response").textContent = response.join("\n");
  $("key").textContent = accept.key;
  $("magic").replaceChildren(...Array.from(accept.magic, (character, i) =>
    character === expected.magic[i] ? character : element("mark", character)));
  $("true-magic").textContent = expected.magic;
  $("changed").hidden = accept.magic === expected.magic;
  $("sha1").textContent = accept.sha1;
  $("accept").textContent = accept.value;
  $("expected").textContent = expected.value;
  const same = accept.value === expected.value;
  $("verdict").textContent = same ? "the same" : "not the same";
  $("verdict").className = same ? "" : "error";
}

$("connect").onclick = () => {
  const socket = open("/handshake");
  socket.onmessage = ({ data }) => {
    const exchange = JSON.parse(data);
    if (socket.extensions) exchange.response.push(`Sec-WebSocket-Extensions: ${socket.extensions}`);
    show(exchange);
    $("outcome").textContent = "The browser agrees: connected 连接成功";
    socket.close();
  };
};

$("break").onclick = async () => {
  const port = await (await fetch("/handshake/broken")).json();
  const id = Math.random().toString(36).slice(2);
  const socket = new WebSocket(`ws://127.0.0.1:${port}/${id}`);
  socket.onopen = () => { $("outcome").textContent = "The browser has not noticed"; };
  socket.onerror = async () => {
    const answer = await fetch(`/handshake/broken/${id}`);
    if (answer.ok) show(await answer.json());
    $("outcome").textContent = answer.ok
      ? "The browser refuses: 连接失败"
      : "Not reached: this works in a browser on the server’s own machine";
  };
};
