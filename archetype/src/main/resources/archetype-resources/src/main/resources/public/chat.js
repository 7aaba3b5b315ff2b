import { connect } from "/loomsocket.js";   // of the framework: it comes back by itself when a connection is lost

const $ = (id) => document.getElementById(id);
let chat;

// Text of others goes into the page as text only: textContent never becomes markup.
function show({ user = "", text = "" }) {
  const log = $("log"), item = document.createElement("li");
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  if (user) item.append(Object.assign(document.createElement("b"), { textContent: user }), " ");
  else item.className = "notice";
  item.append(text);
  log.append(item);
  if (log.children.length > 500) log.firstChild.remove();
  if (atEnd) log.scrollTop = log.scrollHeight;
}

function showState(state, { delay }) {
  const texts = { connecting: "connecting…", open: "connected", closed: "closed by the server" };
  $("state").textContent = texts[state] ?? `connection lost, next try in ${Math.ceil(delay / 1000)} s`;
  $("state").classList.toggle("on", state === "open");
}

$("join").onsubmit = (event) => {
  event.preventDefault();
  const { name, room } = Object.fromEntries(new FormData(event.target));
  document.querySelector("h1").textContent = document.title = room.trim();
  document.querySelector("main").classList.add("talking");
  $("join").hidden = true;
  for (const id of ["state", "log", "say"]) $(id).hidden = false;
  $("text").focus();
  chat = connect(`/chat/${encodeURIComponent(room.trim())}?name=${encodeURIComponent(name.trim())}`);
  chat.on("message", show);   // a Line; what had a "type" would go to chat.on("that type", …)
  chat.onState(showState);
};

$("say").onsubmit = (event) => {
  event.preventDefault();
  const text = $("text").value.trim();
  if (!text) return;
  chat.send({ text });   // without a connection it waits for the next one
  $("text").value = "";
};
