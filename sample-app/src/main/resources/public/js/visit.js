import { connect } from "/loomsocket.js";
import { Log } from "./log.js";
import { People } from "./people.js";
import { tab } from "./store.js";

const CONFIRMED_WITHIN = 10_000; // ms; the server echoes every line

/** One visit to a room: from joining to leaving, over as many connections as it takes. */
export class Visit {
  #key;
  #people;
  #log;
  #socket;
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
  }

  start() {
    const socket = connect(`/chat/${encodeURIComponent(this.room)}?name=${encodeURIComponent(this.name)}`);
    this.#socket = socket;
    socket.on("welcome", ({ people, lines }) => this.#welcomed(people, lines));
    socket.on("line", line => this.#said(line));
    socket.on("joined", ({ name, time }) => {
      if (this.#people.add(name)) this.#log.notice(`${name} joined`, time);
    });
    socket.on("left", ({ name, time }) => {
      if (this.#people.remove(name)) this.#log.notice(`${name} left`, time);
    });
    socket.on("error", () => this.#refused());
    socket.onState((state, { delay }) => this.onstate(state, delay));
  }

  leave() {
    this.#socket.close();
    this.#log.close();
  }

  retryNow() {
    this.#socket.reconnect();
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
    if (this.#socket.state !== "open") return; // it goes out when we are welcome again
    this.#socket.send(line);
    setTimeout(() => { if (this.#waiting.includes(line)) this.#socket.reconnect(); }, CONFIRMED_WITHIN);
  }

  #welcomed(people, lines) {
    this.#people.replace(people);
    this.#log.history(lines);
    for (const line of lines) this.#confirmed(line);
    for (const line of this.#waiting) this.#send(line);
  }

  #said(line) {
    this.#confirmed(line);
    this.#log.line(line);
    if (line.name !== this.name) this.onnews();
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
