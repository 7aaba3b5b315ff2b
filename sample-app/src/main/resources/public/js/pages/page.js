import { connect } from "/loomsocket.js";

/** The element of that id. */
export const $ = id => document.getElementById(id);

/** The address of a WebSocket of this site. */
export const address = path => `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}${path}`;

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

notices.on("message", text => {
  const toast = element("div", "", "toast");
  toast.role = "alert";
  const close = element("button", "OK");
  close.onclick = () => toast.remove();
  toast.append(element("p", text), close);
  document.querySelectorAll(".toast").forEach(old => old.remove());
  document.body.append(toast);
});
