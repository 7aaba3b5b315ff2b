// Sends all messages of the file and compares what comes back; for browsers and for Node alike.
// The file has of each message a byte (1 text, 2 binary), its size in four bytes, and its bytes.
'use strict';

const WINDOW = 4 << 20; // bytes that may be under way at a time

function* messagesOf(file) {
  const view = new DataView(file);
  const utf8 = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});
  for (let at = 0; at < file.byteLength; ) {
    const size = view.getUint32(at + 1);
    const bytes = new Uint8Array(file, at + 5, size);
    yield {size, data: view.getUint8(at) === 1 ? utf8.decode(bytes) : bytes};
    at += 5 + size;
  }
}

function same(sent, echo) {
  if (typeof sent === 'string') {
    return sent === echo;
  }
  const bytes = new Uint8Array(echo);
  return bytes.length === sent.length && bytes.every((byte, i) => byte === sent[i]);
}

// Resolves to what is to be reported.
function converse(WebSocket, endpoint, file) {
  return new Promise((resolve, reject) => {
    const messages = [...messagesOf(file)];
    const socket = new WebSocket(endpoint);
    let sent = 0;
    let echoed = 0;
    let underWay = 0;
    function send() {
      while (sent < messages.length && underWay < WINDOW) {
        const message = messages[sent++];
        underWay += message.size;
        socket.send(message.data);
      }
    }
    socket.binaryType = 'arraybuffer';
    socket.onopen = send;
    socket.onmessage = ({data}) => {
      const message = messages[echoed++];
      if (!same(message.data, data)) {
        reject(new Error(`message ${echoed} of ${message.size} bytes came back as another one`));
      }
      underWay -= message.size;
      if (echoed === messages.length) {
        socket.close(1000);
      } else {
        send();
      }
    };
    socket.onclose = ({code, wasClean}) => {
      if (echoed === messages.length && code === 1000 && wasClean) {
        resolve(`${echoed} echoed`);
      } else {
        reject(new Error(`closed with ${code} after ${echoed} echoes`));
      }
    };
  });
}

if (typeof module === 'object') {
  module.exports = converse;
}
