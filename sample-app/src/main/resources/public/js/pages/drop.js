import { $, address } from "./page.js";

const PART = 8 * 1024 * 1024;
const AT_ONCE = 4; // parts on their way: enough to keep the line busy, and little memory here too

/** Sends a file, or anything else that has a size and slices. */
function drop(file) {
  const socket = new WebSocket(address("/drop"));
  const start = performance.now();
  let sent = 0;
  const more = () => {
    if (sent >= file.size) return;
    socket.send(file.slice(sent, sent + PART));
    sent += PART;
  };
  socket.onopen = () => {
    $("sha256").textContent = "…";
    for (let i = 0; i < AT_ONCE; i++) more();
    if (file.size === 0) socket.send("end");
  };
  socket.onmessage = ({ data }) => {
    const { bytes, sha256 } = JSON.parse(data);
    $("progress").value = file.size ? bytes / file.size : 1;
    const megabytes = (bytes / 2 ** 20).toFixed(1);
    if (sha256) {
      const seconds = (performance.now() - start) / 1000;
      $("outcome").textContent = `${megabytes} MiB in ${seconds.toFixed(1)} s`;
      $("sha256").textContent = sha256;
      socket.close(1000);
    } else {
      $("outcome").textContent = `${megabytes} MiB …`;
      if (bytes === file.size) socket.send("end");
      else more();
    }
  };
  socket.onclose = ({ code }) => {
    if (code !== 1000) $("outcome").textContent = `The connection was lost (${code}): drop the file again.`;
  };
}

/** So many bytes, 0 to 255 again and again, without a file. */
export function made(size) {
  const part = new Uint8Array(PART).map((_, i) => i);
  return { size, slice: (from, to) => part.subarray(0, Math.min(to, size) - from) };
}

$("file").onchange = () => {
  if ($("file").files[0]) drop($("file").files[0]);
};
$("made").onclick = () => drop(made(2 ** 30));
addEventListener("dragover", event => event.preventDefault());
addEventListener("drop", event => {
  event.preventDefault();
  if (event.dataTransfer.files[0]) drop(event.dataTransfer.files[0]);
});
