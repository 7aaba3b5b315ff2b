package dev.loomsocket;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The periodic tasks of a running application, each in a virtual thread of its own. Its runs begin
 * at multiples of its period; those that would begin while one is under way are left out.
 * Thread-safe.
 */
final class PeriodicTasks {
  private static final Logger LOG = System.getLogger("dev.loomsocket");

  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch stopping = new CountDownLatch(1);

  /** A task and its period. */
  record Schedule(Duration period, PeriodicTask task) {}

  /** Starts all; the first run of each is when its period has passed. */
  PeriodicTasks(List<Schedule> schedules) {
    for (Schedule schedule : schedules) {
      threads.add(Thread.ofVirtual().name("loomsocket-every").start(() -> repeat(schedule)));
    }
  }

  private void repeat(Schedule schedule) {
    long period = schedule.period.toNanos();
    long next = System.nanoTime() + period;
    while (!isStoppedBefore(next)) {
      run(schedule);
      long late = System.nanoTime() - next;
      next += period * (late / period + 1);
    }
  }

  /** Waits until then. */
  private boolean isStoppedBefore(long time) {
    while (true) {
      try {
        return stopping.await(time - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        // the task interrupted itself, or the last interrupt came when it was done
      }
    }
  }

  private static void run(Schedule schedule) {
    try {
      schedule.task.run();
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "a periodic task was interrupted", e);
    } catch (Throwable e) {
      String every = "the task of app.every(" + schedule.period + ", ...) failed";
      LOG.log(Level.WARNING, every + " and will run again", e);
    }
  }

  /** No run begins any more. */
  void stop() {
    stopping.countDown();
  }

  /**
   * Stops, and waits for runs that are under way; when nine tenths of the time have passed, or at
   * once if this thread is interrupted, they are interrupted.
   *
   * @param except a thread that is not waited for: the task itself may have stopped the application
   */
  void end(Duration time, Thread except) {
    stop();
    long nanos = time.toNanos();
    long deadline = System.nanoTime() + nanos;
    List<Thread> others = threads.stream().filter(thread -> thread != except).toList();
    try {
      join(others, deadline - nanos / 10);
      others.forEach(Thread::interrupt);
      join(others, deadline);
    } catch (InterruptedException e) {
      others.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
    }
  }

  private static void join(List<Thread> threads, long deadline) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }
  }
}
