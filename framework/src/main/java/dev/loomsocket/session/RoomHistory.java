package dev.loomsocket.session;

import dev.loomsocket.json.Json;
import dev.loomsocket.wire.Opcode;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a room remembers: its last messages, each with its position, and the epoch that they are of.
 * Not thread-safe: guarded by the lock of its room.
 */
final class RoomHistory {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int EPOCH_LENGTH = 12; // letters and digits: 62 bits

  private final String epoch = randomWord();
  private final ArrayDeque<Remembered> messages = new ArrayDeque<>();
  private int most;
  private long ttl; // nanoseconds
  private long last; // offset; of the newest that there was

  /**
   * One message.
   *
   * @param since when it was sent, by the room's clock
   */
  private record Remembered(PreparedMessage message, long since) {}

  RoomHistory(int most, long ttl) {
    this.most = most;
    this.ttl = ttl;
  }

  private static String randomWord() {
    BigInteger number = new BigInteger(EPOCH_LENGTH * 5, RANDOM); // below 36 to the same power
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

  /** Gives a message the next position, and remembers it. */
  PreparedMessage add(Draft draft, long now) {
    PreparedMessage message = draft.at(new Position(epoch, ++last));
    messages.addLast(new Remembered(message, now));
    trim(now);
    return message;
  }

  /** Forgets what is too much or too old. */
  void trim(long now) {
    while (messages.size() > most
        || !messages.isEmpty() && now - messages.getFirst().since >= ttl) {
      messages.removeFirst();
    }
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
    long first = last - messages.size(); // behind which all are there
    boolean resumes = seen.isPresent() && seen.getAsLong() >= first && seen.getAsLong() <= last;
    long from = resumes ? seen.getAsLong() : first;
    List<PreparedMessage> welcome = new ArrayList<>();
    welcome.add(joined(room, from, resumes));
    messages.stream().skip(from - first).forEach(each -> welcome.add(each.message));
    return welcome;
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
