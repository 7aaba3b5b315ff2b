package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.net.Doing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveSessionsTest {
  private final LiveSessions sessions = new LiveSessions();
  private final Rooms rooms = new Rooms();

  @Test
  void countsThoseThatAreOpen() {
    Member one = Member.of(rooms, "1");
    sessions.add(one.session());
    sessions.add(Member.of(rooms, "2").session());
    assertEquals(2, sessions.size());
    sessions.remove(one.session());
    sessions.remove(one.session());
    assertEquals(1, sessions.size());
  }

  @Test
  void numbersAreNeverUsedTwice() {
    Set<Long> numbers = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      assertTrue(numbers.add(sessions.nextNumber()));
    }
  }

  @Test
  void closesAllWith1001() {
    Member one = Member.of(rooms, "1");
    sessions.add(one.session());
    sessions.closeAll();
    assertEquals(List.of("close 1001"), one.peer().frames());
  }

  @Test
  void closesThoseThatComeLaterToo() {
    sessions.closeAll();
    Member late = Member.of(rooms, "1");
    sessions.add(late.session());
    assertEquals(List.of("close 1001"), late.peer().frames());
  }

  @RepeatedTest(50)
  void missesNoneThatComesAtTheSameTime() throws IOException {
    List<Member> members = new ArrayList<>();
    List<Doing> all = new ArrayList<>();
    CountDownLatch go = new CountDownLatch(1);
    for (int i = 0; i < 4; i++) {
      Member member = Member.of(rooms, "1");
      members.add(member);
      all.add(
          Doing.start(() -> {
            go.await();
            sessions.add(member.session());
          }));
    }
    all.add(
        Doing.start(() -> {
          go.await();
          sessions.closeAll();
        }));
    go.countDown();
    for (Doing each : all) {
      each.await();
    }
    members.forEach(member -> assertFalse(member.session().isOpen()));
  }
}
