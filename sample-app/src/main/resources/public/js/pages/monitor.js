import { connect } from "/loomsocket.js";
import { $ } from "./page.js";

const POINTS = 60;
const history = {}; // by id: the newest numbers
let last = null;

function show(id, number) {
  const numbers = (history[id] ??= []);
  numbers.push(number);
  if (numbers.length > POINTS) numbers.shift();
  $(id).textContent = number.toLocaleString("en", { maximumFractionDigits: number < 10 ? 1 : 0 });
  const most = Math.max(1, ...numbers);
  const step = 100 / Math.max(1, numbers.length - 1); // what there is fills the width
  const points = numbers.map((n, i) => `${step * i},${98 - (96 * n) / most}`).join(" ");
  $(`${id}-chart`).firstElementChild.setAttribute("points", points);
}

const monitor = connect("/monitor");

monitor.on("message", sample => {
  const { stats, heap } = sample;
  for (const id of ["connections", "sessions", "queuedBytes", "rooms"]) show(id, stats[id]);
  show("heap", heap / 2 ** 20);
  if (last) {
    const seconds = (Date.parse(sample.time) - Date.parse(last.time)) / 1000;
    // fewer than before: the server was started anew
    for (const id of ["received", "sent"]) show(id, Math.max(0, stats[id] - last.stats[id]) / seconds);
  }
  last = sample;
  const seconds = history.heap.length - 1;
  $("since").textContent = seconds > 0 && seconds < POINTS - 1 ? `${seconds}\u00a0s` : "minute";
});

monitor.onState(state => {
  $("state").textContent = { open: "Live", closed: "Not connected", waiting: "Not connected, trying again …" }[state] ?? "Connecting …";
});
