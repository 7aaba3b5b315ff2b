import { $, address, append, element, log, onSubmit } from "./page.js";

const COLOURS = { RED: "#c0362c", GREEN: "#2a8a5c", BLUE: "#3b7bd4" };

/** The service that speaks one subprotocol. */
function service(name, encode, show) {
  const socket = new WebSocket(address("/services"), [name]);
  const list = $(`${name}-log`);
  socket.onopen = () => log(`Connected; the server speaks ${socket.protocol}`, "note", list);
  socket.onmessage = ({ data }) => show(data, list);
  socket.onclose = () => log("Closed", "note", list);
  onSubmit(`${name}-form`, `${name}-text`, text => socket.readyState === WebSocket.OPEN && socket.send(encode(text)));
}

service("chat", text => text, (data, list) => log(data, "", list));

service("superchat", text => JSON.stringify({ colour: $("colour").value, text }), (data, list) => {
  const { colour, text } = JSON.parse(data);
  const line = element("li", text);
  line.style.borderInlineStart = `0.4rem solid ${COLOURS[colour]}`;
  line.style.paddingInlineStart = "0.6rem";
  append(line, list);
});
