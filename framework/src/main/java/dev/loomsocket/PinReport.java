package dev.loomsocket;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells who holds a carrier, each place once: whoever is found on it in the same calls in two looks
 * one after the other. Belongs to one thread.
 */
final class PinReport {
  private static final Logger LOG = System.getLogger("dev.loomsocket");

  /** To look through all connections takes milliseconds when there are many. */
  private static final long PAUSE = 1_000_000_000L;

  private final Set<String> told = new HashSet<>();
  private Map<String, Sighting> first = Map.of(); // of two looks, by the carrier's name
  private long next = System.nanoTime();

  /** Who is on a carrier, and in which calls; the carrier itself stands for a stranger. */
  private record Sighting(Thread thread, List<StackTraceElement> calls) {
    static Sighting of(Thread thread) {
      return new Sighting(thread, List.of(thread.getStackTrace()));
    }

    Pin pin() {
      return thread.isVirtual() ? Pin.of(calls) : Pin.unknown();
    }
  }

  /**
   * Looks, a few times a second at most.
   *
   * @param held the carriers that are held
   * @param occupants threads of which nobody needs to be told
   * @param others all others that are known; some may be on a carrier
   */
  void look(Set<Thread> held, Stream<Thread> occupants, Stream<Thread> others) {
    if (System.nanoTime() - next < 0) {
      return;
    }
    Map<String, Sighting> found = find(held, occupants, others);
    if (first.isEmpty()) {
      first = found;
    } else {
      first.forEach((carrier, sighting) -> {
        if (sighting.equals(found.get(carrier))) {
          tell(sighting.pin());
        }
      });
      forget();
      next = System.nanoTime() + PAUSE;
    }
  }

  /** Nobody holds a carrier. */
  void forget() {
    first = Map.of();
  }

  private static Map<String, Sighting> find(
      Set<Thread> held, Stream<Thread> occupants, Stream<Thread> others) {
    Map<String, Sighting> found = new HashMap<>();
    held.stream()
        .filter(CarrierThreads::carries)
        .forEach(carrier -> found.put(carrier.getName(), Sighting.of(carrier)));
    occupants.forEach(thread -> found.remove(carrier(thread)));
    others.forEach(thread ->
        found.computeIfPresent(carrier(thread), (carrier, stranger) -> Sighting.of(thread)));
    held.stream()
        .filter(carrier -> !CarrierThreads.isHeld(carrier))
        .forEach(carrier -> found.remove(carrier.getName()));
    return found;
  }

  /** The name of the one that it is on; only in this text does a virtual thread tell it. */
  private static String carrier(Thread thread) {
    String text = thread.toString();
    return text.substring(text.lastIndexOf('@') + 1);
  }

  private void tell(Pin pin) {
    if (told.add(pin.place())) {
      try {
        LOG.log(Level.WARNING, pin.description());
      } catch (RuntimeException | Error unreportable) {
        // those who are held up are more important
      }
    }
  }
}
