package dev.loomsocket.wire;

import dev.loomsocket.bench.MicroBenchmark;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;

/** Puts messages together that do not lie whole in the read buffer; each has its own assembler. */
public class MessageAssemblerBenchmark extends MicroBenchmark {
  private static final int LIMIT = 1 << 20;
  private static final int FRAGMENT = 1024;
  private static final int READ_BUFFER = 16 * 1024;
  private static final int READ = 64 * 1024;

  private final MemoryBudget budget = MemoryBudget.ofHeap(4);
  private final byte[] text = Texts.ASCII.bytes(4 * FRAGMENT);
  private final byte[] large = new byte[LIMIT];
  private final FrameHeader first = ClientFrames.header(false, Opcode.TEXT, FRAGMENT);
  private final FrameHeader next = ClientFrames.header(false, Opcode.CONTINUATION, FRAGMENT);
  private final FrameHeader last = ClientFrames.header(true, Opcode.CONTINUATION, FRAGMENT);
  private final FrameHeader whole = ClientFrames.header(true, Opcode.BINARY, LIMIT);

  /** Text of 4 KiB in four frames. */
  @Benchmark
  public String fragments() {
    MessageAssembler assembler = new MessageAssembler(LIMIT, null, budget);
    for (int at = 0; at < text.length; at += FRAGMENT) {
      boolean ends = at + FRAGMENT == text.length;
      assembler.begin(at == 0 ? first : ends ? last : next);
      assembler.append(text, at, at + FRAGMENT);
      assembler.frameEnded();
    }
    return assembler.text();
  }

  /**
   * 1 MiB in one frame: what was in the read buffer, then from the socket to its place, of which
   * each read brings 64 KiB.
   */
  @Benchmark
  public byte[] largeFrame() {
    MessageAssembler assembler = new MessageAssembler(LIMIT, null, budget);
    assembler.begin(whole);
    assembler.append(large, 0, READ_BUFFER);
    for (int at = READ_BUFFER; at < LIMIT; ) {
      ByteBuffer room = assembler.room();
      if (room == null) { // little is left: through the read buffer
        assembler.append(large, at, LIMIT);
        break;
      }
      int count = Math.min(room.remaining(), READ);
      room.put(large, at, count);
      assembler.appended(count);
      at += count;
    }
    assembler.frameEnded();
    return assembler.binary();
  }
}
