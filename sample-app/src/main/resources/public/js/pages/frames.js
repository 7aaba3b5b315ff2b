import { $, element, onReturn, open } from "./page.js";

const lab = Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, "0")).join("");
const SHOWN = 3; // of equal frames in a row; the others are counted
const HEADS = [...document.querySelectorAll("th")].map(head => head.textContent);

let run = { kind: "" }; // equal frames in a row: how many, their lengths, and the row that counts them

/** The bytes 0 to 15 again and again: something that can be compressed. */
const bytes = size => new Uint8Array(size).map((_, i) => i % 16);

const yes = is => (is ? "yes" : "no");

function show({ direction, fin, opcode, masked, length, lengthForm, compressed, payload }) {
  const to = direction === "received" ? "to server" : "to page";
  const rsv1 = opcode === "continuation" ? "—" : yes(compressed); // the first frame tells it for all
  const kind = [to, yes(fin), opcode, yes(masked), lengthForm, rsv1].join();
  if (kind !== run.kind) run = { kind, count: 0, least: length, most: length, row: null };
  run.count++;
  if (run.count > SHOWN) return more(length);
  const row = element("tr");
  for (const text of [to, yes(fin), opcode, yes(masked), length.toLocaleString("en"), lengthForm, rsv1, payload]) {
    const cell = element("td", text);
    cell.dataset.head = HEADS[row.childElementCount];
    row.append(cell);
  }
  row.cells[4].className = "number";
  row.cells[7].className = "code";
  $("frames").append(row);
}

function more(length) {
  if (!run.row) {
    run.row = element("tr", "", "more");
    run.row.append(element("td"));
    run.row.cells[0].colSpan = HEADS.length;
    run.least = run.most = length;
    $("frames").append(run.row);
  }
  run.least = Math.min(run.least, length);
  run.most = Math.max(run.most, length);
  const lengths = [run.least, run.most].map(n => n.toLocaleString("en"));
  const each = run.least === run.most ? lengths[0] : lengths.join(" to ");
  run.row.cells[0].textContent = `… ${run.count - SHOWN} more like this, of ${each} bytes`;
}

function send() {
  const what = $("what").value;
  const message = what === "text" ? $("text").value : bytes(Number(what));
  const compressed = $("compress").checked ? "/compressed" : "";
  const socket = open(`/frames/${lab}${compressed}?fragments=${$("fragments").value}`);
  socket.binaryType = "arraybuffer";
  $("frames").replaceChildren();
  run = { kind: "" };
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

/** Sends when somebody watches. */
function watch() {
  const socket = open(`/frames/${lab}/watch`);
  socket.onmessage = () => {
    $("send").disabled = false;
    socket.onmessage = ({ data }) => show(JSON.parse(data));
  };
  socket.onclose = () => { $("send").disabled = true; };
}

function choose() {
  $("text").disabled = $("what").value !== "text";
}

$("what").onchange = choose;
$("form").onsubmit = event => {
  event.preventDefault();
  send();
};
onReturn(watch);
choose(); // a browser may remember what was chosen before
watch();
