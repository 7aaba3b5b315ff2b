/**
 * The types of Loomsocket's client for browsers. Download it beside your sources, and name it in tsconfig.json:
 * "paths": { "/loomsocket.js": ["./loomsocket.d.ts"] }
 */

/**
 * Connects, and stays connected until it is told to close.
 *
 *     type Events = { type: "line"; user: string; text: string } | { type: "left"; user: string };
 *     const chat = connect<Events>("/chat/lobby?name=Ann");
 *     chat.on("line", ({ user, text }) => show(user, text));
 *
 * @param url a path of this site, or a whole address: ws, wss, http or https
 */
export function connect<In extends Typed = any>(url: string | URL, options?: Options): Connection<In>;

/** A message that is told apart by its type. */
export interface Typed {
  type: string;
}

/** What may be sent without becoming JSON. */
export type Data = string | ArrayBuffer | ArrayBufferView | Blob;

export type State = "connecting" | "open" | "waiting" | "closed";

/** More about a state. */
export interface StateDetails {
  /** How long it waits for the next try, in milliseconds; only while "waiting". */
  delay?: number;
  /** Why the last connection ended: the code of its Close, or 1006; while "waiting" or "closed". */
  code?: number;
  /** The same in words, often empty. */
  reason?: string;
}

export interface Options {
  /** Subprotocols to offer. */
  protocols?: string[];
  /**
   * A bearer token, or how to get one before each connection. It goes out as the subprotocols "bearer" and itself,
   * because browsers send no other headers: letters, digits and -._~ are good in it, = and / are not.
   */
  token?: string | (() => string | Promise<string>) | null;
  /** How many messages may wait for a connection; default 100. */
  queueLimit?: number;
  /** Time for the opening handshake in ms; default 10 000. */
  openWithin?: number;
  /** The longest wait before the first new try in ms, doubled by each try that fails; default 500. */
  firstDelay?: number;
  /** The longest wait of all in ms; default 30 000. */
  longestDelay?: number;
  /** How long a connection must have been open to start the doubling anew, in ms; default 5 000. */
  stableAfter?: number;
  /**
   * Whether to connect again after this end. By default not after 1000 (the server is done), 1008 (it does not want
   * us) and those from 4000 on (the application's own). A handshake that was refused, with 401 for example, is 1006:
   * browsers do not tell more.
   *
   * @param failures how many tries in a row have failed before
   */
  retry?: (code: number, reason: string, failures: number) => boolean;
}

/** A WebSocket that comes back by itself and keeps its place in rooms with a history. */
export interface Connection<In extends Typed = any> {
  readonly state: State;

  /**
   * Listens to the messages of one type. What a room with a history sends comes exactly once and in order, over as
   * many connections as it takes; {@link Joined} tells where that was not possible.
   *
   * @returns stops listening
   */
  on<T extends In["type"]>(type: T, listener: (message: Extract<In, { type: T }>) => void): () => void;
  on(type: "@joined", listener: (message: Joined) => void): () => void;
  /** Listens to messages without a type, "message" (text as a string, binary as an ArrayBuffer), or to all, "*". */
  on(type: "message" | "*", listener: (message: any) => void): () => void;

  /**
   * Tells the state, at once and at each change. What a listener sends at "open" goes out before the messages that
   * have waited.
   *
   * @returns stops listening
   */
  onState(listener: (state: State, details: StateDetails) => void): () => void;

  /**
   * Answers what the server asks: the value that is returned or promised is the answer; an exception's `code` and
   * `message` tell the server of a failure. One answerer for each type.
   *
   * @returns stops answering
   */
  onAsk(type: string, answerer: (question: any) => unknown): () => void;

  /**
   * Sends one message. Without a connection it waits for the next one, in order. What was handed to a connection that
   * then breaks may be lost: {@link ask} tells.
   *
   * @throws ConnectionError "queue-full": too many wait already, this one was not taken; "closed"
   */
  send(message: object | Data): void;

  /**
   * Sends an object with the property `"@ask"`, and promises what is answered.
   *
   * @param timeout in ms, default 10 000; the time without a connection counts
   * @throws ConnectionError "timeout": none came in time; "lost": the connection broke meanwhile, and whether the
   *     server has heard is not known; "closed", "queue-full"; or what the server says
   */
  ask<Answer = any>(message: object, timeout?: number): Promise<Answer>;

  /**
   * Closes for good: nothing more comes or goes, and what waits for a connection is dropped.
   *
   * @param code 1000 or 3000 to 4999
   */
  close(code?: number, reason?: string): void;

  /**
   * Connects anew and at once. It ends the waiting for the next try; it gives up a connection that looks open and
   * seems to be dead, for example when an answer is overdue: a browser itself may take minutes to notice.
   */
  reconnect(): void;
}

/** What a room with a history says first to whoever joins. */
export interface Joined {
  type: "@joined";
  room: string;
  /** True: exactly what was missed follows. False: what the room remembers follows; something may be missing. */
  resumed: boolean;
}

export class ConnectionError extends Error {
  /** "timeout", "lost", "closed", "queue-full", or a word of the server's. */
  readonly code: string;
}
