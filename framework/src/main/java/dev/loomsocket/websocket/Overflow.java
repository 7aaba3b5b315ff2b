package dev.loomsocket.websocket;

/**
 * What becomes of a room's message for a member that is too slow: whose queue ({@link
 * WebSocketEndpoint#maxQueueSize()}) has no room for it. Nobody else notices, whatever it is.
 *
 * <p>{@link WebSocketEndpoint#overflow()} says it for the sessions of an endpoint, {@link
 * Room#overflow} for the messages of a room, which wins. {@link Session#send} never overflows: it
 * blocks its caller, as only that one has to wait.
 *
 * <p>Whole messages are dropped, never a part of one and never a control frame (RFC 6455 §5.5). A
 * message of {@link Session#send} is not dropped, nor one whose first byte is on its way, nor what
 * a {@link Room#history room with a history} replays. What was dropped is counted ({@link
 * Session#droppedMessages()}), told to {@link Room#onDrop}, and logged once a room at WARNING. In a
 * room with a history it stays in the history: such a client sees a gap in the positions.
 */
public enum Overflow {
  /**
   * The member's connection is closed with 1013. It can come back, and in a room with a history it
   * gets what it missed: nothing is lost in silence.
   */
  CLOSE,

  /** The message is dropped for this member: what waits already is worth more. */
  DROP_NEWEST,

  /**
   * The oldest messages that wait for this member under this policy are dropped, until the new one
   * has room. If that is not enough, or there are none, the new one is dropped.
   */
  DROP_OLDEST,

  /**
   * Of messages of a room that have the same key only the newest waits: as soon as the member does
   * not keep up, a new one takes the place of the one before, and goes to the end of the queue. The
   * key is the message's own ({@link Keyed}) or given by {@link Room#conflate}. A message without a
   * key takes nobody's place. When even so the queue is full, the member's connection is closed
   * with 1013.
   */
  CONFLATE
}
