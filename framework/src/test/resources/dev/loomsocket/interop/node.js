// node node.js ENDPOINT FILE
'use strict';

const {readFileSync} = require('fs');
const WebSocket = require('ws');
const converse = require('./converse.js');

const [endpoint, file] = process.argv.slice(2);
const bytes = readFileSync(file);
converse(WebSocket, endpoint, bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
  .then(console.log)
  .catch(error => {
    console.error(error);
    process.exit(1);
  });
