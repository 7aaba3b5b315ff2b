package dev.loomsocket;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The warnings that a test provokes: while this is open they are here and not in the output. */
public final class Warnings extends Handler implements AutoCloseable {
  private static final Logger LOGGER = Logger.getLogger("dev.loomsocket");

  private final ConcurrentLinkedQueue<LogRecord> records = new ConcurrentLinkedQueue<>();

  private Warnings() {}

  /** Takes all that Loomsocket logs from now on. */
  public static Warnings take() {
    Warnings warnings = new Warnings();
    LOGGER.addHandler(warnings);
    LOGGER.setUseParentHandlers(false);
    return warnings;
  }

  /** What was thrown, for each warning so far that has it. */
  public List<Throwable> thrown() {
    return records.stream().map(LogRecord::getThrown).filter(Objects::nonNull).toList();
  }

  /** What all warnings so far say. */
  public List<String> messages() {
    return records.stream().map(record -> record.getMessage() + " " + record.getThrown()).toList();
  }

  /** The class and the method that wrote each line so far, without repetitions. */
  public List<String> labels() {
    return records.stream()
        .map(record -> record.getSourceClassName() + " " + record.getSourceMethodName())
        .distinct()
        .toList();
  }

  @Override
  public void publish(LogRecord record) {
    record.getSourceMethodName(); // found on the stack of this thread, while it is here
    records.add(record);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    LOGGER.removeHandler(this);
    LOGGER.setUseParentHandlers(true);
  }
}
