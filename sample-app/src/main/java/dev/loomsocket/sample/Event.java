package dev.loomsocket.sample;

import java.time.Instant;
import java.util.List;

/** What the server tells the page: JSON objects that are told apart by their {@code type}. */
sealed interface Event {
  /** The first message to everybody who joins: who is here, and what was said lately. */
  record Welcome(String type, List<String> people, List<Line> lines) implements Event {
    Welcome(List<String> people, List<Line> lines) {
      this("welcome", people, lines);
    }
  }

  /** Something that was said; the id is the one that its author's page gave it. */
  record Line(String type, String id, String name, String text, Instant time) implements Event {
    Line(String id, String name, String text) {
      this("line", id, name, text, Instant.now());
    }
  }

  /** Somebody came. */
  record Joined(String type, String name, Instant time) implements Event {
    Joined(String name) {
      this("joined", name, Instant.now());
    }
  }

  /** Somebody went. */
  record Left(String type, String name, Instant time) implements Event {
    Left(String name) {
      this("left", name, Instant.now());
    }
  }
}
