package dev.loomsocket.net;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Something that blocks, done by a virtual thread of its own while the test looks on. */
public final class Doing {
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean begun;

  /** What is to be done. */
  public interface Step {
    /** Does it. */
    void run() throws Exception;
  }

  private Doing(Step step) {
    thread = Thread.ofVirtual().unstarted(() -> run(step));
  }

  /** Starts to do it. */
  public static Doing start(Step step) {
    Doing doing = new Doing(step);
    doing.thread.start();
    return doing;
  }

  private void run(Step step) {
    begun = true;
    try {
      step.run();
      done.complete(null);
    } catch (Throwable e) {
      done.completeExceptionally(e);
    }
  }

  /** The thread that does it. */
  public Thread thread() {
    return thread;
  }

  /** Waits until the thread waits for something. */
  public Doing awaitParked() {
    while (!begun || thread.getState() != Thread.State.WAITING) {
      if (done.isDone()) {
        throw new AssertionError("it is done, and was to wait");
      }
      Thread.onSpinWait();
    }
    return this;
  }

  /** Waits until it is done; throws what it has thrown. */
  public void await() throws IOException {
    try {
      done.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException runtime -> throw runtime;
        default -> throw new AssertionError(e.getCause());
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
