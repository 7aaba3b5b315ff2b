package dev.loomsocket.wire;

import dev.loomsocket.bench.MicroBenchmark;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Unmasks a payload. */
public class MaskBenchmark extends MicroBenchmark {
  @Param({"64", "1024", "16384"})
  int size;

  private int key = ClientFrames.KEY;
  private byte[] payload;

  @Setup
  public void allocate() {
    payload = new byte[size];
  }

  @Benchmark
  public byte[] apply() {
    Mask.apply(payload, 0, size, key, 0);
    return payload;
  }
}
