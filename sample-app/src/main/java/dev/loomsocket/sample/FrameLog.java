package dev.loomsocket.sample;

import dev.loomsocket.App;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the traffic log, and sends each frame of the frame lab to the page that watches it. */
final class FrameLog extends Handler implements AutoCloseable {
  /** A frame as RFC 6455 §5.2 has it. */
  record Frame(
      String direction,
      boolean fin,
      String opcode,
      boolean masked,
      long length,
      String lengthForm,
      boolean compressed,
      String payload) {}

  private static final Pattern LINE =
      Pattern.compile(
          "(?s)(\\w+) (received|sent) (\\w+)( fin)?( rsv1=deflate)? (\\d+)(?:→(\\d+))? B ?(.*)");
  private static final int MOST_WATCHED = 1_000;

  private final Logger log = Logger.getLogger("dev.loomsocket.traffic");
  private final App app;
  private final ReentrantLock lock = new ReentrantLock();
  private final SequencedMap<String, String> labs =
      new LinkedHashMap<>(); // by session; guarded by lock

  FrameLog(App app) {
    this.app = app;
    log.setLevel(Level.INFO);
    log.setUseParentHandlers(false); // the page is where one reads it
    log.addHandler(this);
  }

  /** The room of those who watch a lab. */
  static String room(String lab) {
    return "frames of " + lab;
  }

  /** The frames of this session belong to that lab. */
  void watch(String session, String lab) {
    lock.lock();
    try {
      labs.putLast(session, lab);
      if (labs.size() > MOST_WATCHED) {
        labs.pollFirstEntry();
      }
    } finally {
      lock.unlock();
    }
  }

  private Optional<String> lab(String session) {
    lock.lock();
    try {
      return Optional.ofNullable(labs.get(session));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void publish(LogRecord entry) {
    Matcher line = LINE.matcher(entry.getMessage());
    if (line.matches()) {
      lab(line.group(1)).ifPresent(lab -> app.room(room(lab)).send(frame(line)));
    }
  }

  /** Only clients mask, and they have to; how long a frame is decides how its length is written. */
  private static Frame frame(Matcher line) {
    boolean received = line.group(2).equals("received");
    String onTheWire = received || line.group(7) == null ? line.group(6) : line.group(7);
    long length = Long.parseLong(onTheWire);
    String form = length <= 125 ? "7 bits" : length <= 65_535 ? "126 + 16 bits" : "127 + 64 bits";
    return new Frame(
        line.group(2),
        line.group(4) != null,
        line.group(3),
        received,
        length,
        form,
        line.group(5) != null,
        line.group(8));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    log.removeHandler(this);
  }
}
