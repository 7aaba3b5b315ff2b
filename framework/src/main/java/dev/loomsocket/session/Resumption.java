package dev.loomsocket.session;

import java.util.OptionalLong;

/**
 * What a client that comes back says it has seen of rooms with a history. Used while one of its
 * session's rooms is being joined.
 */
interface Resumption {
  /** The offset in that epoch that the client came with. */
  OptionalLong seen(String epoch);

  /** The same, once: what follows has been sent then. */
  OptionalLong takeSeen(String epoch);
}
