import { $, append, element, log, onReturn, onSubmit, open } from "./page.js";

const COLOURS = { RED: "#c0362c", GREEN: "#2a8a5c", BLUE: "#3b7bd4" };

/** The service that speaks one subprotocol. */
function service(name, encode, show) {
  const list = $(`${name}-log`);
  let socket;
  const connect = () => {
    socket = open("/services", [name]);
    socket.onopen = () => log(`Connected; the server speaks ${socket.protocol}`, "note", list);
    socket.onmessage = ({ data }) => append(show(data), list);
    socket.onclose = () => log("Closed", "note", list);
  };
  onSubmit(`${name}-form`, `${name}-text`, text => {
    if (socket.readyState === WebSocket.OPEN) return socket.send(encode(text));
    log("Not connected 连接尚未建立: load the page again", "error", list);
    return false;
  });
  onReturn(connect);
  connect();
}

service("chat", text => text, data => element("li", data));

service("superchat", text => JSON.stringify({ colour: $("colour").value, text }), data => {
  const { colour, text = "", message = "" } = JSON.parse(data);
  const line = element("li");
  line.append(element("span", text || message), element("code", data, "wire"));
  line.style.borderInlineStart = `0.4rem solid ${COLOURS[colour] ?? "transparent"}`;
  line.style.paddingInlineStart = "0.6rem";
  return line;
});
