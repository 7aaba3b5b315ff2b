package dev.loomsocket.session;

import dev.loomsocket.json.Json;
import dev.loomsocket.wire.MemoryBudget;
import dev.loomsocket.wire.Opcode;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * What a room remembers: its last messages, each with its position, and the epoch that they are of.
 * Not thread-safe: guarded by the lock of its room.
 */
final class RoomHistory {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int PLACE = 200; // bytes; what a message takes besides its own
  private static final int EPOCH_LENGTH = 12; // letters and digits
  private static final int EPOCH_BITS = 62; // 36 to the power of 12 is more than 2 to that of 62

  private final String epoch = randomWord();
  private final ArrayDeque<Remembered> messages = new ArrayDeque<>();
  private final MemoryBudget memory;
  private int most;
  private long ttl; // nanoseconds
  private long last; // offset; of the newest that there was

  /**
   * One message.
   *
   * @param since when it was sent, by the room's clock
   */
  private record Remembered(PreparedMessage message, long since) {

    /** About how many bytes it holds: itself, its frame, and that of those who compress. */
    long size() {
      return 3L * message.length() + PLACE;
    }
  }

  /**
   * An empty one.
   *
   * @param memory for what all rooms together remember
   */
  RoomHistory(int most, long ttl, MemoryBudget memory) {
    this.most = most;
    this.ttl = ttl;
    this.memory = memory;
  }

  private static String randomWord() {
    BigInteger number = new BigInteger(EPOCH_BITS, RANDOM);
    String word = number.toString(Character.MAX_RADIX);
    return "0".repeat(EPOCH_LENGTH - word.length()) + word;
  }

  String epoch() {
    return epoch;
  }

  /** Remembers so many messages for so many nanoseconds from now on. */
  void limit(int most, long ttl) {
    this.most = most;
    this.ttl = ttl;
  }

  /**
   * Gives a message the next position, and remembers it. When the memory is used up it takes the
   * place of older ones; in a room that has none it is not remembered.
   */
  PreparedMessage add(Draft draft, long now) {
    PreparedMessage message = draft.at(new Position(epoch, last + 1));
    last++;
    Remembered newest = new Remembered(message, now);
    messages.addLast(newest);
    memory.take(newest.size());
    trim(now);
    while (memory.isUsedUp() && !messages.isEmpty()) {
      forgetFirst();
    }
    return message;
  }

  /** Forgets what is too much or too old. */
  void trim(long now) {
    while (messages.size() > most
        || !messages.isEmpty() && now - messages.getFirst().since >= ttl) {
      forgetFirst();
    }
  }

  private void forgetFirst() {
    memory.giveBack(messages.removeFirst().size());
  }

  /** Forgets the older half if all rooms together remember too much. */
  void makeRoom() {
    for (int n = (messages.size() + 1) / 2; n > 0 && memory.isUsedUp(); n--) {
      forgetFirst();
    }
  }

  /** The position of the newest message. */
  Position last() {
    return new Position(epoch, last);
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  /**
   * What a session is sent that joins the room of this name: that it has joined, what it has
   * missed, or else all that there is.
   *
   * @param seen the offset up to which its client has everything, as it says
   */
  List<PreparedMessage> welcome(String room, OptionalLong seen) {
    long from = from(seen);
    List<PreparedMessage> welcome = new ArrayList<>();
    welcome.add(joined(room, from, knows(seen)));
    remembered(from).forEach(each -> welcome.add(each.message));
    return welcome;
  }

  /** The same for who follows: what was missed, each with its position. */
  void behind(Optional<Position> seen, BiConsumer<Position, PreparedMessage> follower) {
    Optional<Position> ours = seen.filter(position -> position.epoch().equals(epoch));
    long offset = from(ours.map(at -> OptionalLong.of(at.offset())).orElse(OptionalLong.empty()));
    for (Remembered each : remembered(offset).toList()) {
      follower.accept(new Position(epoch, ++offset), each.message);
    }
  }

  /** The offset behind which all messages are there. */
  private long first() {
    return last - messages.size();
  }

  private boolean knows(OptionalLong seen) {
    return seen.isPresent() && seen.getAsLong() >= first() && seen.getAsLong() <= last;
  }

  private long from(OptionalLong seen) {
    return knows(seen) ? seen.getAsLong() : first();
  }

  private Stream<Remembered> remembered(long behind) {
    return messages.stream().skip(behind - first());
  }

  private PreparedMessage joined(String room, long from, boolean resumed) {
    Map<String, Object> joined = new LinkedHashMap<>();
    joined.put("type", "@joined");
    joined.put("room", room);
    joined.put("@position", new Position(epoch, from).toString());
    joined.put("resumed", resumed);
    return new PreparedMessage(
        new Message(Opcode.TEXT, Json.bytes(joined)), PreparedMessage.Fate.RECEIVERS);
  }

  /** A length of time in nanoseconds, or as long as can be. */
  static long nanos(Duration time) {
    Duration most = Duration.ofNanos(Long.MAX_VALUE);
    return time.compareTo(most) < 0 ? time.toNanos() : Long.MAX_VALUE;
  }
}
