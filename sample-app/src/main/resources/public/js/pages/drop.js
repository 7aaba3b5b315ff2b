import { $, open } from "./page.js";

const PART = 8 * 1024 * 1024;
const AT_ONCE = 4; // parts on their way: enough to keep the line busy, and little memory here too

let stop = null; // ends what is on its way, and says why

/** Sends a file, or anything else that has a name, a size and slices; one at a time. */
function drop(file) {
  if (stop) return;
  const socket = open("/drop");
  const start = performance.now();
  let sent = 0;
  const more = () => {
    if (sent >= file.size) return;
    socket.send(file.slice(sent, sent + PART));
    sent += PART;
  };
  const end = text => {
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(1000);
    $("outcome").textContent = text;
    running(null);
  };
  socket.onopen = () => {
    for (let i = 0; i < AT_ONCE; i++) more();
    if (file.size === 0) socket.send("end");
  };
  socket.onmessage = ({ data }) => {
    const { bytes, sha256 } = JSON.parse(data);
    $("progress").value = file.size ? bytes / file.size : 1;
    if (sha256) {
      $("sha256").textContent = sha256;
      end(`${mebibytes(bytes)} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
    } else {
      $("outcome").textContent = `${mebibytes(bytes)} of ${mebibytes(file.size)} …`;
      if (bytes === file.size) socket.send("end");
      else more();
    }
  };
  socket.onclose = ({ code }) => end(`The connection was lost (${code}): send the file again.`);

  $("name").textContent = file.name;
  $("sha256").textContent = "…";
  $("outcome").textContent = "";
  $("progress").value = 0;
  running(end);
}

/** What begins something is off while something runs; the focus goes to what is of use instead. */
function running(end) {
  const focused = [$("made"), $("file"), $("cancel")].includes(document.activeElement);
  stop = end;
  $("file").disabled = $("made").disabled = Boolean(end);
  $("cancel").disabled = !end;
  if (focused) $(end ? "cancel" : "made").focus();
}

const mebibytes = bytes => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

/** So many bytes, 0 to 255 again and again, without a file. */
function made(size) {
  const part = new Uint8Array(PART).map((_, i) => i);
  return { name: "1 GiB of made-up bytes", size, slice: (from, to) => part.subarray(0, Math.min(to, size) - from) };
}

$("file").onclick = () => { $("file").value = ""; }; // the same file may be chosen again
$("file").onchange = () => {
  if ($("file").files[0]) drop($("file").files[0]);
};
$("made").onclick = () => drop(made(2 ** 30));
$("cancel").onclick = () => stop?.("Cancelled.");
addEventListener("pagehide", () => stop?.("Stopped, as the page was left."));
addEventListener("dragover", event => event.preventDefault());
addEventListener("drop", event => {
  event.preventDefault();
  if (event.dataTransfer.files[0]) drop(event.dataTransfer.files[0]);
});
