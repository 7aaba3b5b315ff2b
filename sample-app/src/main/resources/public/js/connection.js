const FIRST_DELAY = 500; // ms; doubles with every try that fails
const LONGEST_DELAY = 30_000;
const PATIENCE = 10_000; // for the opening handshake
const STABLE = 5_000; // a connection that lived this long was a good one

/**
 * A WebSocket that comes back by itself: exponential back-off with full jitter, and at once when the browser is online
 * or visible again.
 *
 * Tells `onstate(state, delay)` with "connecting", "open", "waiting" (for `delay` ms) or "closed", and
 * `onmessage(object)` for each JSON message.
 */
export class Connection {
  #url;
  #socket = null;
  #timer = 0;
  #failures = 0;
  #openedAt = 0;
  #wake = () => { if (document.visibilityState === "visible") this.retryNow(); };

  state = "closed";
  onstate = () => {};
  onmessage = () => {};

  constructor(url) {
    this.#url = url;
  }

  open() {
    addEventListener("online", this.#wake);
    addEventListener("pageshow", this.#wake);
    document.addEventListener("visibilitychange", this.#wake);
    this.#connect();
  }

  close() {
    removeEventListener("online", this.#wake);
    removeEventListener("pageshow", this.#wake);
    document.removeEventListener("visibilitychange", this.#wake);
    this.#forget(1000);
    this.#tell("closed");
  }

  /** False: there is no connection, nothing was sent. */
  send(message) {
    if (this.state !== "open") return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** Ends the waiting for the next try. */
  retryNow() {
    if (this.state === "waiting") this.#connect();
  }

  /** Gives up a connection that looks open but carries nothing any more. */
  restart() {
    if (this.state === "open") this.#lost();
  }

  #connect() {
    this.#forget();
    this.#tell("connecting");
    const socket = (this.#socket = new WebSocket(this.#url));
    this.#timer = setTimeout(() => this.#lost(), PATIENCE);
    socket.onopen = () => {
      clearTimeout(this.#timer);
      this.#openedAt = performance.now();
      this.#tell("open");
    };
    socket.onmessage = event => this.onmessage(JSON.parse(event.data));
    socket.onclose = () => this.#lost();
  }

  #lost() {
    if (this.state === "open" && performance.now() - this.#openedAt > STABLE) this.#failures = 0;
    this.#forget();
    const delay = Math.random() * Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** this.#failures++);
    this.#timer = setTimeout(() => this.#connect(), delay);
    this.#tell("waiting", delay);
  }

  /** Drops the socket, whose late events must not count any more. */
  #forget(code) {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    if (!socket) return;
    this.#socket = socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(code);
  }

  #tell(state, delay = 0) {
    this.state = state;
    this.onstate(state, delay);
  }
}
