package dev.loomsocket.wire;

import dev.loomsocket.bench.MicroBenchmark;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Decodes the header of a client's frame, with its length in 7, 16 or 64 bits. */
public class FrameHeaderBenchmark extends MicroBenchmark {
  @Param({"16", "1024", "65536"})
  int payload;

  private final FrameHeader header = new FrameHeader();
  private byte[] frame;

  @Setup
  public void encode() {
    frame = ClientFrames.frame(true, Opcode.BINARY, new byte[payload]);
  }

  @Benchmark
  public long decode() {
    return header.decode(frame, 0, frame.length) + header.length() + header.maskingKey();
  }
}
