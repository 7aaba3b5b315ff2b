package dev.loomsocket.session;

import dev.loomsocket.bench.MicroBenchmark;
import dev.loomsocket.net.BufferPool;
import dev.loomsocket.wire.MemoryBudget;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Encodes the text that a handler returned and writes it, alone or as one of sixteen. */
public class OutboxBenchmark extends MicroBenchmark {
  private static final int IN_FLIGHT = 16;

  @Param({"64", "16384"})
  int size;

  private String text;
  private Outbox outbox;

  /** This thread is the session's own. */
  @Setup
  public void open() {
    text = "x".repeat(size);
    outbox =
        new Outbox(
            new BottomlessTransport(),
            new BufferPool(16),
            Settings.DEFAULT,
            null,
            Thread.currentThread(),
            new MemoryBudget(Long.MAX_VALUE));
  }

  @Benchmark
  public Outbox replyAndFlush() {
    outbox.reply(Message.text(text));
    outbox.flush();
    return outbox;
  }

  @Benchmark
  @OperationsPerInvocation(IN_FLIGHT)
  public Outbox oneOfSixteen() {
    for (int i = 0; i < IN_FLIGHT; i++) {
      outbox.reply(Message.text(text));
    }
    outbox.flush();
    return outbox;
  }
}
