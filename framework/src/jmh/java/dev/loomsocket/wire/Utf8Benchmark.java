package dev.loomsocket.wire;

import dev.loomsocket.bench.MicroBenchmark;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Checks that bytes are UTF-8, beside the JDK's decoding, which checks nothing, and both. */
public class Utf8Benchmark extends MicroBenchmark {
  @Param({"ASCII", "MIXED"})
  Texts text;

  @Param({"64", "1024", "16384"})
  int size;

  private final Utf8 utf8 = new Utf8();
  private byte[] bytes;

  @Setup
  public void encode() {
    bytes = text.bytes(size);
  }

  @Benchmark
  public Utf8 validate() {
    utf8.feed(bytes, 0, size);
    utf8.end();
    return utf8;
  }

  @Benchmark
  public String newString() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }

  /** What the text of a whole frame costs. */
  @Benchmark
  public String validText() {
    return MessageAssembler.text(bytes, 0, size);
  }
}
