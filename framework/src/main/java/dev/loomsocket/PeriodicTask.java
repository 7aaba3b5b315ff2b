package dev.loomsocket;

/** What {@link App#every} does now and then. */
@FunctionalInterface
public interface PeriodicTask {

  /**
   * Does it once, on a virtual thread: it may block.
   *
   * @throws Exception is logged, and the next run comes in its time
   */
  void run() throws Exception;
}
