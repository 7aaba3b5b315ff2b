package dev.loomsocket.wire;

import dev.loomsocket.bench.MicroBenchmark;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Inflates a compressed text that came in one frame; nothing is kept between messages. */
public class InflationBenchmark extends MicroBenchmark {
  @Param({"1024", "16384"})
  int size;

  private final DeflatePools pools = new DeflatePools(1);
  private final Inflation inflation = new Inflation(pools, DeflationBenchmark.NO_CONTEXT);
  private final MemoryBudget budget = MemoryBudget.ofHeap(4);
  private byte[] compressed;
  private FrameHeader header;

  @Setup
  public void deflate() {
    byte[] message = Texts.ASCII.bytes(size);
    compressed = new Deflation(pools, 6, DeflationBenchmark.NO_CONTEXT).message(message);
    header = ClientFrames.header(true, true, Opcode.TEXT, compressed.length);
  }

  @Benchmark
  public String inflate() {
    MessageAssembler assembler = new MessageAssembler(1 << 20, inflation, budget);
    assembler.begin(header);
    assembler.append(compressed, 0, compressed.length);
    assembler.frameEnded();
    return assembler.text();
  }
}
