package dev.loomsocket.sample;

import dev.loomsocket.websocket.BadMessageException;
import dev.loomsocket.websocket.Room;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/** The candidates and their votes; everybody in the room is told of each vote, in order. */
final class Ballot {
  /** Somebody to vote for. */
  record Candidate(String id, String name, int count) {}

  /** What the pages are told: that the candidate with the id {@code user} has so many votes. */
  record Counted(String user, int count, String type) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final SequencedMap<String, Candidate> candidates = new TreeMap<>(); // guarded by lock
  private final Room room;

  Ballot(Room room, String... names) {
    this.room = room;
    for (String name : names) {
      String id = String.valueOf(candidates.size() + 1);
      candidates.put(id, new Candidate(id, name, 0));
    }
  }

  /** All candidates as it stands. */
  List<Candidate> candidates() {
    lock.lock();
    try {
      return List.copyOf(candidates.values());
    } finally {
      lock.unlock();
    }
  }

  /** One vote more for the candidate of that id. */
  void vote(String id) {
    lock.lock(); // the pages get the counts in the order in which they rise
    try {
      Candidate candidate = candidates.get(id);
      if (candidate == null) {
        throw new BadMessageException("unknown-candidate", "there is no candidate with this id");
      }
      Candidate voted = new Candidate(id, candidate.name, candidate.count + 1);
      candidates.put(id, voted);
      room.send(new Counted(id, voted.count, "vote"));
    } finally {
      lock.unlock();
    }
  }
}
