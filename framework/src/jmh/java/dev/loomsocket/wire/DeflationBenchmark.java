package dev.loomsocket.wire;

import dev.loomsocket.bench.MicroBenchmark;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Compresses a message as a session does by default: level 6, nothing kept between messages. */
public class DeflationBenchmark extends MicroBenchmark {
  static final DeflateParameters NO_CONTEXT = new DeflateParameters(true, true, 15, 15);

  @Param({"1024", "16384"})
  int size;

  private final DeflatePools pools = new DeflatePools(1);
  private byte[] message;

  @Setup
  public void encode() {
    message = Texts.ASCII.bytes(size);
  }

  @Benchmark
  public byte[] deflate() {
    return new Deflation(pools, 6, NO_CONTEXT).message(message);
  }
}
