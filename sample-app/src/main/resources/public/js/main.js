import { browser, tab } from "./store.js";
import { Visit } from "./visit.js";

const TITLE = "Loomsocket Chat";
const $ = id => document.getElementById(id);

let visit = null; // the visit under way, null on the join page
let unread = 0; // lines that came while nobody looked
let countdown = 0;

function showJoin(room) {
  visit?.leave();
  visit = null;
  tab.set("joined", "");
  clearInterval(countdown);
  $("chat").hidden = true;
  $("join").hidden = false;
  $("name").value = tab.get("name") || browser.get("name");
  $("room").value = room || "lobby";
  showTitle();
  const first = $("name").value ? $("room") : $("name");
  first.focus();
  first.select();
}

function enter(room, name) {
  visit?.leave();
  for (const store of [tab, browser]) store.set("name", name);
  tab.set("joined", room);
  if (roomOfAddress() !== room) location.hash = encodeURIComponent(room);
  $("join").hidden = true;
  $("chat").hidden = false;
  $("room-name").textContent = room;
  visit = new Visit(room, name);
  visit.onstate = showState;
  visit.onnews = () => {
    if (document.hidden) unread++;
    showTitle();
  };
  visit.start();
  $("text").value = tab.get(`draft ${room}`);
  showDraft();
  showPeople(false);
  showTitle();
  $("text").focus();
}

function leave() {
  const room = visit.room;
  history.pushState(null, "", location.pathname);
  showJoin(room);
}

function showTitle() {
  const news = unread ? `(${unread}) ` : "";
  document.title = visit ? `${news}#${visit.room} · ${TITLE}` : TITLE;
}

function roomOfAddress() {
  try {
    return tidyRoom(decodeURIComponent(location.hash));
  } catch {
    return "";
  }
}

// What follows has the same rules as the server.

function tidyRoom(text) {
  return text.trim().replace(/^#+/, "").trim().replace(/\s+/g, "-").toLowerCase();
}

function tidyName(text) {
  return text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu, " ").trim();
}

function tidyText(text) {
  return text.replace(/(?![\n\t])[\p{Cc}\p{Cs}]/gu, "").trim();
}

function mistakeInRoom(room) {
  if (!room) return "Which room?";
  return /^[\p{L}\p{M}\p{N}_-]{1,40}$/u.test(room) ? "" : "Letters, digits, - and _ only, 40 at most.";
}

function mistakeInName(name) {
  if (!name) return "What shall we call you?";
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(name) ? "" : "This name could not be seen.";
}

/** Shows what is wrong beside the field; true if nothing is. */
function check(id, mistake) {
  $(`${id}-error`).textContent = mistake;
  $(id).ariaInvalid = mistake ? "true" : "false";
  return !mistake;
}

function showState(state, delay) {
  clearInterval(countdown);
  const texts = { connecting: "Connecting …", open: "Connected", waiting: "Not connected", closed: "Left" };
  $("state").dataset.state = state;
  $("state-text").textContent = texts[state];
  if (state === "open" || state === "closed") $("trouble").hidden = true;
  if (state !== "waiting") {
    $("countdown").textContent = "Trying again …";
    return;
  }
  $("trouble").hidden = false;
  $("trouble-text").textContent = navigator.onLine
    ? "The connection is lost. What you write is kept and sent later."
    : "This device is offline. What you write is kept and sent later.";
  const at = performance.now() + delay;
  const show = () => {
    const seconds = Math.ceil((at - performance.now()) / 1000);
    $("countdown").textContent = seconds > 1 ? `Next try in ${seconds} s.` : "Trying again …";
  };
  show();
  countdown = setInterval(show, 500);
}

function showDraft() {
  const text = $("text");
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight}px`;
  $("send").ariaDisabled = text.value.trim() ? "false" : "true";
  const left = text.maxLength - text.value.length;
  $("room-left").textContent = left <= 200 ? `${left} characters left` : "";
}

function say() {
  const text = tidyText($("text").value);
  if (text) {
    visit.say(text);
    $("text").value = "";
    tab.set(`draft ${visit.room}`, "");
    showDraft();
  }
  $("text").focus();
}

function showPeople(shown) {
  $("chat").classList.toggle("with-people", shown);
  $("people-button").ariaExpanded = String(shown);
}

$("join-form").addEventListener("submit", event => {
  event.preventDefault();
  const name = tidyName($("name").value);
  const room = tidyRoom($("room").value);
  const roomFits = check("room", mistakeInRoom(room));
  const nameFits = check("name", mistakeInName(name));
  if (nameFits && roomFits) enter(room, name);
  else $(nameFits ? "room" : "name").focus();
});

for (const id of ["name", "room"]) $(id).addEventListener("input", () => check(id, ""));

$("composer").addEventListener("submit", event => {
  event.preventDefault();
  say();
});

$("text").addEventListener("input", () => {
  tab.set(`draft ${visit.room}`, $("text").value);
  showDraft();
});

$("text").addEventListener("keydown", event => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  say();
});

addEventListener("keydown", event => {
  if (event.key !== "Escape" || event.isComposing || !visit) return;
  if ($("people-button").ariaExpanded === "true") {
    showPeople(false);
    $("people-button").focus();
  } else {
    leave();
  }
});

$("leave").addEventListener("click", leave);
$("retry").addEventListener("click", () => {
  visit.retryNow();
  $("text").focus();
});
$("people-button").addEventListener("click", () => showPeople($("people-button").ariaExpanded !== "true"));
document.querySelector(".talk").addEventListener("click", () => showPeople(false)); // a phone's list lies over the talk
$("newer").addEventListener("click", () => $("text").focus());

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) unread = 0;
  showTitle();
});

// A link to another room, or Back to the join page.
addEventListener("hashchange", () => {
  const room = roomOfAddress();
  if (visit && room === visit.room) return;
  if (visit && room && !mistakeInRoom(room)) enter(room, visit.name);
  else showJoin(room || visit?.room);
});

// A reload goes back into the room; a link to a room asks for the name first.
const linked = roomOfAddress();
if (linked && linked === tab.get("joined") && tab.get("name")) enter(linked, tab.get("name"));
else showJoin(linked);
