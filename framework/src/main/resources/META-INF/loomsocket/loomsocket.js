/**
 * Loomsocket's client for browsers: a WebSocket that comes back by itself and keeps its place in rooms with a history.
 *
 *     import { connect } from "/loomsocket.js";
 *     const chat = connect("/chat/lobby?name=Ann");
 *     chat.on("line", line => show(line.user, line.text));
 *     chat.send({ type: "line", text: "hello" });
 *
 * /loomsocket.d.ts has the types, and says more about each method and option.
 */
// @ts-self-types="./loomsocket.d.ts"

const DEFAULTS = {
  protocols: [],
  token: null, // a string, or a function that returns one or a promise of one
  queueLimit: 100,
  openWithin: 10_000, // ms
  firstDelay: 500, // ms; the longest wait before the first try, doubled by each that fails
  longestDelay: 30_000,
  stableAfter: 5_000, // ms; who was open for so long starts anew
  retry: code => code !== 1000 && code !== 1008 && code < 4000,
};
const MOST_PLACES = 100; // each is a part of the URL
const LATER = 2 ** 31 - 1; // ms: as late as can be
const WAKING = ["online", "pageshow", "visibilitychange"]; // they end the waiting

/** Connects, and stays connected until it is told to close. */
export function connect(url, options) {
  return new Connection(url, options);
}

/** Why a message could not be sent or was not answered; `code` is for programs. */
export class ConnectionError extends Error {
  name = "ConnectionError";

  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

export class Connection {
  /** "connecting", "open", "waiting" for the next try, or "closed" for good. */
  state = "connecting";
  #details = {}; // of the state
  #url;
  #options;
  #socket = null;
  #turn = 0; // counts the tries: what an earlier one began has no effect
  #failures = 0; // in a row
  #openedAt = 0;
  #timer = 0; // of the handshake, or until the next try
  #ended = new AbortController();

  #listeners = new Map(); // from a type of messages to a set of functions
  #stateListeners = new Set();
  #answerers = new Map(); // from a type of asks to a function
  #queue = []; // encoded messages that wait for a connection
  #asks = new Map(); // from an id to { data, settle }
  #lastAsk = 0;

  #places = new Places();

  constructor(url, options) {
    this.#options = { ...DEFAULTS, ...options };
    this.#url = new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href);
    this.#url.protocol = this.#url.protocol.replace("http", "ws");
    this.#url.hash = "";
    const listen = (type, listener) => globalThis.addEventListener?.(type, listener, { signal: this.#ended.signal });
    for (const type of WAKING) listen(type, () => this.#wake(type));
    listen("pagehide", () => this.#wait(LATER, 1001, "the page was left")); // which the browser may keep
    this.#connect();
  }

  /** Listens to messages of a type, to "message": those without a type, or to "*": all. Returns how to stop. */
  on(type, listener) {
    if (!this.#listeners.has(type)) this.#listeners.set(type, new Set());
    this.#listeners.get(type).add(listener);
    return () => this.#listeners.get(type).delete(listener);
  }

  /** Tells the state now and at each change: `listener(state, { delay, code, reason })`. Returns how to stop. */
  onState(listener) {
    this.#stateListeners.add(listener);
    listener(this.state, this.#details);
    return () => this.#stateListeners.delete(listener);
  }

  /** Answers the server's asks of a type with what the function returns, or what the promise that it returns holds. */
  onAsk(type, answerer) {
    this.#answerers.set(type, answerer);
    return () => this.#answerers.delete(type);
  }

  /** Sends an object as JSON, a string or binary as it is; it waits for a connection if there is none. */
  send(message) {
    if (this.state === "closed") throw new ConnectionError("closed", "the connection is closed");
    const data = encode(message);
    if (this.state === "open") this.#socket.send(data);
    else if (this.#queue.length < this.#options.queueLimit) this.#queue.push(data);
    else throw new ConnectionError("queue-full", `${this.#queue.length} messages wait for a connection already`);
  }

  /** Sends an object and promises the answer. */
  ask(message, timeout = 10_000) {
    return new Promise((resolve, reject) => {
      const id = String(++this.#lastAsk);
      const data = encode({ ...message, "@ask": id });
      this.send(data);
      const settle = (error, value) => {
        clearTimeout(timer);
        this.#asks.delete(id);
        this.#queue = this.#queue.filter(waiting => waiting !== data); // who gave up is not heard later
        if (error) reject(new ConnectionError(error.code, error.message));
        else resolve(value);
      };
      const timer = setTimeout(settle, timeout, { code: "timeout", message: `no answer within ${timeout} ms` });
      this.#asks.set(id, { data, settle });
    });
  }

  /** Closes for good. */
  close(code = 1000, reason = "") {
    if (this.state === "closed") return;
    this.#socket?.close(code, reason);
    this.#end(code, reason);
  }

  /** Connects anew and at once: ends the waiting, or gives up a connection that seems to be dead. */
  reconnect() {
    if (this.state === "closed") return;
    this.#interrupt();
    this.#connect();
  }

  async #connect() {
    const turn = this.#drop();
    const ours = action => event => turn === this.#turn && action(event);
    const { protocols, token, openWithin } = this.#options;
    this.#timer = setTimeout(() => this.#lost(1006, "no connection in time"), openWithin);
    this.#tell("connecting");
    let bearer = token;
    try {
      if (typeof token === "function") bearer = await token();
    } catch (error) {
      return ours(() => this.#lost(1006, `no token: ${error}`))();
    }
    if (turn !== this.#turn) return;
    const socket = new WebSocket(this.#places.addedTo(this.#url), bearer ? ["bearer", bearer, ...protocols] : protocols);
    socket.binaryType = "arraybuffer";
    socket.onopen = ours(() => this.#opened());
    socket.onmessage = ours(event => this.#received(event.data));
    socket.onclose = ours(event => this.#lost(event.code, event.reason));
    this.#socket = socket;
  }

  #opened() {
    clearTimeout(this.#timer);
    this.#openedAt = performance.now();
    this.#tell("open");
    while (this.state === "open" && this.#queue.length) this.#socket.send(this.#queue.shift());
  }

  #lost(code, reason) {
    const { firstDelay, longestDelay, stableAfter, retry } = this.#options;
    if (this.state === "open" && performance.now() - this.#openedAt >= stableAfter) this.#failures = 0;
    if (!retry(code, reason, this.#failures)) return this.#end(code, reason);
    // full jitter: who was lost together does not come back together
    const delay = Math.random() * Math.min(longestDelay, firstDelay * 2 ** this.#failures++);
    this.#wait(delay, code, reason);
  }

  #wait(delay, code, reason) {
    this.#drop();
    this.#interrupt();
    this.#timer = setTimeout(() => this.#connect(), delay);
    this.#tell("waiting", { delay, code, reason });
  }

  #end(code, reason) {
    this.#drop();
    this.#ended.abort();
    for (const ask of [...this.#asks.values()]) ask.settle({ code: "closed", message: "the connection was closed" });
    this.#queue = [];
    this.#tell("closed", { code, reason });
  }

  /** Lets go of the socket, whose late events count no more. */
  #drop() {
    clearTimeout(this.#timer);
    this.#socket?.close();
    this.#socket = null;
    this.#places.interrupt();
    return ++this.#turn;
  }

  /** An ask that went out gets no answer any more; one that waits for a connection may. */
  #interrupt() {
    for (const { data, settle } of [...this.#asks.values()]) {
      if (!this.#queue.includes(data)) settle({ code: "lost", message: "the connection was lost before the answer came" });
    }
  }

  #wake(type) {
    if (this.state === "waiting" && (type === "online" || !document.hidden)) this.#connect();
  }

  #tell(state, details = {}) {
    this.state = state;
    this.#details = details;
    call(this.#stateListeners, state, details);
  }

  #received(data) {
    const message = decode(data);
    if (this.#places.take(message)) this.#deliver(message);
  }

  #deliver(message) {
    const { type, "@ask": ask, "@answer": answer, error, value } = message;
    if (typeof ask === "string") {
      this.#answer(message, ask);
    } else if (typeof answer === "string" && type === undefined) {
      this.#asks.get(answer)?.settle(error, value);
    } else {
      call(this.#listeners.get(type ?? "message"), message);
      call(this.#listeners.get("*"), message);
    }
  }

  async #answer(question, ask) {
    const turn = this.#turn;
    let data;
    try {
      const answerer = this.#answerers.get(question.type);
      if (!answerer) throw new ConnectionError("unknown-type", `nobody answers "${question.type}"`);
      data = encode({ "@answer": ask, value: (await answerer(question)) ?? null });
    } catch (error) {
      const code = String(error?.code ?? "failed");
      data = encode({ "@answer": ask, error: { code, message: String(error?.message ?? error) } });
    }
    if (turn === this.#turn) this.#socket.send(data); // another connection did not ask
  }
}

/** How far the page has seen each room with a history. */
class Places {
  #offsets = new Map(); // from the epoch of a room to the offset of its latest message that came
  #epochs = new Map(); // from the name of a room to its epoch
  #announced; // the position of the next message

  /** The address with our places, so that the server sends what we have missed. */
  addedTo(address) {
    const url = new URL(address);
    for (const [epoch, offset] of this.#offsets) url.searchParams.append("resume", `${epoch}.${offset}`);
    return url;
  }

  /** What was announced does not come on the next connection. */
  interrupt() {
    this.#announced = null;
  }

  /** Moves our place to a message that came; false if it is nothing for the page, or the page has seen it. */
  take(message) {
    const { type, room } = message;
    const position = this.#announced ?? message["@position"];
    this.#announced = null;
    if (!position) return true;
    if (type === "@position") {
      this.#announced = position;
      return false;
    }
    if (type === "@joined") {
      this.#join(room, position);
      return true;
    }
    return this.#isNew(position);
  }

  /** From here on messages of that room follow; if it had another life before, that is over. */
  #join(room, position) {
    const epoch = position.split(".")[0];
    if (this.#epochs.get(room) !== epoch) this.#offsets.delete(this.#epochs.get(room));
    this.#epochs.set(room, epoch);
    this.#isNew(position);
  }

  /** Moves our place to there; false: we were there before. */
  #isNew(position) {
    const [epoch, offset] = position.split(".");
    if (this.#offsets.get(epoch) >= +offset) return false;
    this.#offsets.delete(epoch); // and so it becomes the last one
    this.#offsets.set(epoch, +offset);
    if (this.#offsets.size > MOST_PLACES) this.#offsets.delete(this.#offsets.keys().next().value);
    return true;
  }
}

/** Calls all of them, whatever one of them throws. */
function call(listeners, ...values) {
  for (const listener of [...(listeners ?? [])]) {
    try {
      listener(...values);
    } catch (error) {
      reportError(error);
    }
  }
}

/** What a socket sends as it is stays so, everything else becomes JSON. */
function encode(message) {
  const isData = typeof message === "string" || [ArrayBuffer, Blob].some(type => message instanceof type);
  return isData || ArrayBuffer.isView(message) ? message : JSON.stringify(message);
}

/** JSON objects and arrays; any other text, and binary, stays as it is. */
function decode(data) {
  try {
    return typeof data === "string" && /^\s*[[{]/.test(data) ? JSON.parse(data) : data;
  } catch {
    return data;
  }
}
