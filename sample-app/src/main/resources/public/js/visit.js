import { Connection } from "./connection.js";
import { Log } from "./log.js";
import { People } from "./people.js";
import { tab } from "./store.js";

const CONFIRMED_WITHIN = 10_000; // ms; the server echoes every line

/** One visit to a room: from joining to leaving, over as many connections as it takes. */
export class Visit {
  #key;
  #people;
  #log;
  #connection;
  #waiting; // lines without the server's confirmation: [{ id, text }]

  /** Called with the connection's state and, while waiting, the time to the next try in ms. */
  onstate = () => {};
  /** Called for each line of somebody else that was said just now. */
  onnews = () => {};

  constructor(room, name) {
    this.name = name;
    this.room = room;
    this.#key = `waiting ${room} ${name}`;
    this.#people = new People(name);
    this.#log = new Log(name);
    this.#waiting = JSON.parse(tab.get(this.#key, "[]"));
    for (const { id, text } of this.#waiting) this.#log.waiting(id, text);
    const url = new URL(`/chat/${encodeURIComponent(room)}?name=${encodeURIComponent(name)}`, location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    this.#connection = new Connection(url.href);
    this.#connection.onstate = (state, delay) => this.onstate(state, delay);
    this.#connection.onmessage = message => this.#received(message);
  }

  start() {
    this.#connection.open();
  }

  leave() {
    this.#connection.close();
    this.#log.close();
  }

  retryNow() {
    this.#connection.retryNow();
  }

  /** Sends a line, now or when the connection is back; until the server confirms it, it is kept. */
  say(text) {
    const line = { id: newId(), text };
    this.#waiting.push(line);
    this.#keep();
    this.#log.waiting(line.id, text);
    this.#send(line);
  }

  #send(line) {
    if (!this.#connection.send(line)) return;
    setTimeout(() => { if (this.#waiting.includes(line)) this.#connection.restart(); }, CONFIRMED_WITHIN);
  }

  #received(message) {
    switch (message.type) {
      case "welcome":
        this.#people.replace(message.people);
        this.#log.history(message.lines);
        message.lines.forEach(line => this.#confirmed(line));
        this.#waiting.forEach(line => this.#send(line));
        break;
      case "line":
        this.#confirmed(message);
        this.#log.line(message);
        if (message.name !== this.name) this.onnews();
        break;
      case "joined":
        if (this.#people.add(message.name)) this.#log.notice(`${message.name} joined`, message.time);
        break;
      case "left":
        if (this.#people.remove(message.name)) this.#log.notice(`${message.name} left`, message.time);
        break;
      case "error":
        this.#refused();
        break;
      default: // a newer server may say more
        console.info("not understood", message);
    }
  }

  #confirmed({ id }) {
    this.#waiting = this.#waiting.filter(line => line.id !== id);
    this.#keep();
  }

  /** The server answers in order, so it is the oldest line that it does not take. */
  #refused() {
    const [line] = this.#waiting;
    if (!line) return;
    this.#confirmed(line);
    this.#log.settled(line.id);
    this.#log.notice(`The server did not take this: ${line.text}`, new Date());
  }

  #keep() {
    tab.set(this.#key, this.#waiting.length ? JSON.stringify(this.#waiting) : "");
  }
}

/** A random id; crypto.randomUUID is not there on a page without TLS. */
function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, "0")).join("");
}
