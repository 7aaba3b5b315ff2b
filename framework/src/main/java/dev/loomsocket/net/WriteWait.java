package dev.loomsocket.net;

import java.util.concurrent.locks.LockSupport;

/** One thread's wait for its peer to take bytes again. */
final class WriteWait {
  private final Thread thread;
  private final long deadline;
  private volatile boolean over;

  /**
   * A wait that has begun.
   *
   * @param deadline by the transport's clock, or {@link Transport#FOREVER}
   */
  WriteWait(Thread thread, long deadline) {
    this.thread = thread;
    this.deadline = deadline;
  }

  long deadline() {
    return deadline;
  }

  /** True once there is room. */
  boolean isOver() {
    return over;
  }

  /** There is room. */
  void end() {
    over = true;
    look();
  }

  /** Lets the thread look whether there is a reason to wait no longer. */
  void look() {
    LockSupport.unpark(thread);
  }
}
