import { $, address, element } from "./page.js";

const lab = Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, "0")).join("");

/** Random bytes: the browser gives 65 536 at a time at most. */
function bytes(size) {
  const made = new Uint8Array(size);
  for (let i = 0; i < size; i += 65_536) crypto.getRandomValues(made.subarray(i, Math.min(size, i + 65_536)));
  return made;
}

function show({ direction, fin, opcode, masked, length, lengthForm, compressed, payload }) {
  const row = document.createElement("tr");
  const yes = is => (is ? "yes" : "no");
  for (const text of [direction === "received" ? "page → server" : "server → page", yes(fin), opcode, yes(masked)]) {
    row.append(element("td", text));
  }
  row.append(element("td", length.toLocaleString("en"), "number"));
  for (const text of [lengthForm, yes(compressed), payload]) row.append(element("td", text));
  row.lastElementChild.classList.add("code");
  $("frames").append(row);
}

function send() {
  const what = $("what").value;
  const message = what === "text" ? $("text").value : bytes(Number(what));
  const compressed = $("compress").checked ? "/compressed" : "";
  const socket = new WebSocket(address(`/frames/${lab}${compressed}?fragments=${$("fragments").value}`));
  socket.binaryType = "arraybuffer";
  $("frames").replaceChildren();
  $("outcome").textContent = "";
  socket.onopen = () => socket.send(message);
  socket.onmessage = ({ data }) => {
    const same = typeof message === "string" ? data === message : equal(new Uint8Array(data), message);
    $("outcome").textContent = same ? "It came back as it was." : "Something else came back!";
    socket.close(1000);
  };
}

function equal(some, others) {
  return some.length === others.length && some.every((byte, i) => byte === others[i]);
}

const watch = new WebSocket(address(`/frames/${lab}/watch`));
watch.onmessage = () => { // now it watches
  watch.onmessage = ({ data }) => show(JSON.parse(data));
  $("form").dataset.ready = "true";
};

$("form").onsubmit = event => {
  event.preventDefault();
  send();
};
