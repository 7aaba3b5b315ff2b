package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What an endpoint tells a test. */
public final class Journal {
  private final LinkedBlockingQueue<String> entries = new LinkedBlockingQueue<>();

  void add(String entry) {
    entries.add(entry);
  }

  /** Waits for the next entry, which must be this. */
  void await(String expected) {
    try {
      assertEquals(expected, entries.poll(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** All entries that nobody has waited for. */
  List<String> rest() {
    List<String> rest = new ArrayList<>();
    entries.drainTo(rest);
    return rest;
  }
}
