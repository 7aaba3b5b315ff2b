import { connect } from "/loomsocket.js";

/** The element of that id. */
export const $ = id => document.getElementById(id);

/** The address of a WebSocket of this site. */
const address = path => `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}${path}`;

const sockets = new Set(); // those of this page that have not ended
let left = Promise.resolve(); // when those have ended that the page had when it was left

/**
 * A WebSocket of this site, which ends when the page is left: a browser may keep a page that is left, for Back, with
 * all that it has.
 */
export function open(path, protocols = []) {
  const socket = new WebSocket(address(path), protocols);
  sockets.add(socket);
  socket.addEventListener("close", () => sockets.delete(socket));
  return socket;
}

addEventListener("pagehide", () => {
  left = Promise.all(Array.from(sockets, socket => {
    socket.close(1000);
    return new Promise(ended => socket.addEventListener("close", ended));
  }));
});

/** Does something when the browser brings the page back as it was left, and its WebSockets have ended. */
export function onReturn(action) {
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) left.then(action);
  });
}

/** A new element; whatever the text is, it is shown and never becomes markup. */
export function element(tag, text = "", className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

/** Adds a line to the log of the page: "mine", "note", "error", or what came. */
export function log(text, kind = "", list = $("log")) {
  append(element("li", text, kind), list);
}

export function append(item, list = $("log")) {
  list.append(item);
  while (list.childElementCount > 500) list.firstElementChild.remove();
  list.scrollTop = list.scrollHeight;
}

/** Does something when the form is submitted, with its field's text; an empty one is not worth it. */
export function onSubmit(form, field, action) {
  $(form).addEventListener("submit", event => {
    event.preventDefault();
    const text = $(field).value;
    if (text && action(text) !== false) $(field).value = "";
    $(field).focus();
  });
}

/** What somebody lets everybody know by GET /notify is shown on every open page. */
export const notices = connect("/notify");

/** What a notice says, in English. */
export const english = text => ({ "有新工单到来,请及时处理!": "A new work order has come in: please see to it soon!" })[text] ?? "";

notices.on("message", text => {
  const toast = element("div", "", "toast");
  toast.role = "alert";
  const close = element("button", "OK");
  close.onclick = () => toast.remove();
  const words = element("div");
  words.append(element("p", text), element("p", english(text), "english"));
  toast.append(words, close);
  document.querySelectorAll(".toast").forEach(old => old.remove());
  document.body.append(toast);
});
