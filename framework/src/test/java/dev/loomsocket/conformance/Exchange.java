package dev.loomsocket.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * One case: a client's bytes on a new WebSocket, and the frames that must come back before its end.
 */
record Exchange(String name, Setting setting, Script script, List<Reply> replies) {
  private static final int BYTES_TO_DRIBBLE = Effort.isFull() ? 70_000 : 4_096;
  private static final int BYTES_WITH_EVERY_CUT = 160;

  /** The bytes that prove the connection broken, if any, else all of them. */
  int enough() {
    return script.failsAt() < 0 ? size() : script.failsAt();
  }

  int size() {
    return script.bytes().length;
  }

  /** Where bytes are cut, and how that is called. */
  record Chops(String name, List<Integer> ends) {}

  /** The cuts that a row asks for; where the client waits for an answer there is always one. */
  Chops chops(String way) {
    TreeSet<Integer> ends = new TreeSet<>();
    ends.add(size());
    script.pauses().forEach(pause -> ends.add(pause.at()));
    if (way.equals("frames")) {
      ends.addAll(script.frameEnds());
    } else if (Character.isDigit(way.charAt(0))) {
      int step = Integer.parseInt(way);
      for (int end = step; end < size(); end += step) {
        ends.add(end);
      }
    }
    ends.remove(0);
    return new Chops(way, List.copyOf(ends));
  }

  /** For what is not too long: byte by byte; for what is short: every way to cut it in two. */
  List<Chops> everyCut() {
    List<Chops> all = new ArrayList<>();
    if (size() <= BYTES_TO_DRIBBLE && replies.stream().allMatch(Reply::isShort)) {
      all.add(chops("1"));
    }
    for (int cut = 1; cut < size() && size() <= BYTES_WITH_EVERY_CUT; cut++) {
      TreeSet<Integer> ends = new TreeSet<>(chops("whole").ends());
      ends.add(cut);
      all.add(new Chops("cut at " + cut, List.copyOf(ends)));
    }
    return all;
  }

  /** Compares what has come back, to the end of the connection, with what must. */
  void check(List<Frame> frames, PeerDeflate deflate, String how) {
    List<String> expected = replies.stream().map(Reply::show).toList();
    List<String> actual = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      Frame frame = frames.get(i);
      actual.add(i < replies.size() ? replies.get(i).show(frame, deflate) : frame.toString());
    }
    assertEquals(expected, actual, name + ", " + how);
  }
}
