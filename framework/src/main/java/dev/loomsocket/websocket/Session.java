package dev.loomsocket.websocket;

import java.io.OutputStream;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One open WebSocket connection, seen from the server.
 *
 * <p>Every method may be called from any thread. Messages never mix and, of one sender, go out in
 * the order of its calls.
 *
 * <pre>{@code
 * @OnOpen void open(Session session) {
 *   session.send("welcome");                    // text
 *   session.send(new byte[] {1, 2, 3});         // binary
 *   session.send(new Line("Ann", "hello"));     // JSON text
 *   session.join("lobby");
 * }
 * }</pre>
 */
public interface Session {
  /** A name for this connection, unique while the server runs. */
  String id();

  /**
   * Sends one message: a {@link CharSequence} as text, {@code byte[]} and {@link
   * java.nio.ByteBuffer} as binary, anything else as JSON text. The message is encoded before this
   * method returns, so arrays and buffers may be reused.
   *
   * <p>Returns as soon as the message waits in this connection's queue; blocks while the queue is
   * full. An interrupt does not end that wait; the thread keeps it for later. When the client takes
   * nothing for the send timeout (10 s by default) the connection is closed with 1013.
   *
   * <p>Somebody may always have just left. A handler that lets the exception of that out has not
   * failed, be it of its own session or another one: unless an {@link OnError} method takes it, the
   * handler's session goes on, and the log tells of it at DEBUG only.
   *
   * @throws SessionClosedException if the connection is closed or closing, or ends while this
   *     method waits
   * @throws IllegalArgumentException if the message cannot be encoded
   * @throws IllegalStateException if this thread has a message of {@link #sendText} or {@link
   *     #sendBinary} open
   * @throws NullPointerException if the message is null
   */
  void send(Object message);

  /**
   * Asks the client and waits for its answer: sends the message with an additional property {@code
   * "@ask":"7"}, which the client answers with <code>{"@answer":"7","value":…}</code>, or <code>
   * {"@answer":"7","error":{"code":"…","message":"…"}}</code> if it cannot. A message without a
   * {@code "type"} of its own says the simple name of its class there, with a small first letter.
   *
   * <pre>{@code
   * @OnMessage void remove(Remove file, Session session) {
   *   if (session.ask(new Confirm("Really?"), Boolean.class, Duration.ofMinutes(1))) {
   *     files.remove(file.name());
   *   }
   * }
   * }</pre>
   *
   * <p>Any thread may ask, a handler of this connection too: its messages are read on meanwhile and
   * wait for the handler to return, up to a thousand of them, or as many bytes as the largest
   * message may have. An interrupt does not end the wait; the thread keeps it for later.
   *
   * <p>In a session that has asked once, objects with a string {@code "@answer"} and no string
   * {@code "type"} go to no handler: what nobody waits for (any more) is dropped, and told in the
   * log at DEBUG.
   *
   * @param message what becomes a JSON object
   * @param reply what the answer's value becomes; {@code JsonNode} and {@code Object} take any
   * @param timeout how long the answer may take, the sending included
   * @throws AskTimeoutException if there is no answer in time
   * @throws SessionClosedException if the connection is closed or closing, or ends before the
   *     answer comes
   * @throws WrongReplyException if the answer is an error, or does not become the class
   * @throws IllegalArgumentException if the message does not become a JSON object, or the timeout
   *     is not positive
   * @throws IllegalStateException if nobody could read the answer, because the endpoint takes its
   *     texts as a {@link java.io.Reader} or the asking handler has not read its own message to the
   *     end; or if a thousand asks are waiting
   */
  <T> T ask(Object message, Class<T> reply, Duration timeout);

  /**
   * Starts one text message that is sent while it is written, in fragments (RFC 6455 §5.4): for
   * texts that are too large to be held in memory, or whose end is not known yet.
   *
   * <pre>{@code
   * try (Writer out = session.sendText()) {
   *   for (Row row : rows) {
   *     out.write(row.toCsv());
   *   }
   * }
   * }</pre>
   *
   * <p>A fragment goes out when enough was written for one, at {@code flush()} and at {@code
   * close()}. Writing blocks while the client's queue is full, as {@link #send} does. Until the
   * message ends, those that other threads and rooms send wait or follow it; pings, pongs and a
   * Close go in between. What waits counts for the limit of the client's queue, so end the message
   * soon where there are rooms.
   *
   * <p><b>It must be closed</b>, by the thread that started it, before that thread sends anything
   * else to this client: {@code close()} sends the last fragment, which ends the message. After an
   * exception in the middle it does so too; where the client must not take a part for the whole,
   * call {@link #close(CloseStatus)} first. If it is forgotten, the client waits for the end, and
   * the next message that this thread sends, or that a handler returns, is an {@link
   * IllegalStateException}; others who want to send wait too, and after the send timeout a warning
   * in the log tells who has begun it.
   *
   * <p>When the session ends, the writer's methods throw an {@link java.io.IOException} whose cause
   * is a {@link SessionClosedException}. After its {@code close()} they throw an IOException, and
   * another {@code close()} does nothing.
   *
   * @return a writer for this thread alone; half a surrogate pair becomes a question mark
   * @throws SessionClosedException if the connection is closed or closing, or ends while this
   *     method waits for the end of another thread's message
   * @throws IllegalStateException if this thread has such a message open already
   */
  Writer sendText();

  /**
   * Starts one binary message that is sent while it is written, in fragments (RFC 6455 §5.4). All
   * that {@link #sendText()} says holds here.
   *
   * <pre>{@code
   * try (InputStream in = Files.newInputStream(film); OutputStream out = session.sendBinary()) {
   *   in.transferTo(out);
   * }
   * }</pre>
   *
   * @return a stream for this thread alone
   * @throws SessionClosedException if the connection is closed or closing, or ends while this
   *     method waits for the end of another thread's message
   * @throws IllegalStateException if this thread has such a message open already
   */
  OutputStream sendBinary();

  /**
   * How many bytes wait for this client: frames that the socket has not taken yet. It grows while
   * the client is slower than what is sent to it; beyond {@link WebSocketEndpoint#maxQueueSize()}
   * senders block, and for messages of rooms the {@link Overflow} policy decides. What waits for
   * the end of a message that is being written in fragments counts too. A snapshot that another
   * thread may have changed already; 0 once the connection is lost. Does not block.
   */
  long queuedBytes();

  /**
   * How many messages of rooms were dropped because this client was too slow: {@link Overflow}. A
   * message whose place a newer one took counts too. Does not block.
   */
  long droppedMessages();

  /**
   * Switches the traffic log of this connection on or off, from its next frame in each direction
   * on. {@link WebSocketEndpoint#logTraffic()} says what it begins with, and what is logged.
   */
  void logTraffic(boolean on);

  /**
   * Sends a Ping (RFC 6455 §5.5.2); the answer goes to the {@code @OnMessage} method that takes a
   * {@link Pong}. The server sends pings by itself to clients that are silent: this one is for
   * measuring. Blocks while the client's queue is full, as {@link #send} does; does nothing when
   * the session is closed or closing, or ends meanwhile.
   */
  void ping();

  /** Closes with 1000 as {@link #close(CloseStatus)} does. */
  default void close() {
    close(CloseStatus.NORMAL);
  }

  /**
   * Starts the closing handshake (RFC 6455 §7.1.2) and returns without waiting for its end:
   * messages sent before are delivered first, then the client has as long to answer as the setting
   * {@code close-timeout} says, 5 s by default. Closing a closed session does nothing.
   *
   * @throws IllegalArgumentException if the status may not be sent, for example 1006
   */
  void close(CloseStatus status);

  /** True until either side has started the closing handshake or the connection is lost. */
  boolean isOpen();

  /**
   * Joins the room of that name, which comes into being with its first member. Joining twice
   * changes nothing. A session that is closed or closing joins no room any more; it gets the room
   * all the same.
   */
  Room join(String room);

  /**
   * Joins the room of that name as {@link #join(String)} does, and says something of this session
   * that the room's {@link Room#people()} and listeners see.
   */
  Room join(String room, Object meta);

  /**
   * The decoded value of a variable of the endpoint's path.
   *
   * @throws IllegalArgumentException if the path has no such variable
   */
  String pathParam(String name);

  /** The first value of a parameter of the handshake's query, decoded. */
  Optional<String> queryParam(String name);

  /** All parameters of the handshake's query, decoded, in the order in which they came. */
  Map<String, List<String>> queryParams();

  /** A concurrent map for whatever should live as long as this connection. */
  Map<String, Object> attributes();

  /**
   * Who this is: as the endpoint's {@link OnHandshake} method said, else as {@code
   * app.authenticate} did.
   */
  Optional<Principal> user();

  /** The subprotocol chosen in the handshake. */
  Optional<String> subprotocol();

  /** The client's address as the socket tells it. */
  InetSocketAddress remoteAddress();
}
