package dev.loomsocket.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.fuzz.Allocation;
import dev.loomsocket.fuzz.Input;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Fuzzes the payload of a compressed message, in fragments cut anywhere and followed by the same
 * message again, against the JDK's inflater used in the plainest way.
 */
public final class InflateFuzz {
  private static final int LIMIT = 1 << 14;

  /** An empty final block: complete is what it can follow. */
  private static final byte[] STOP = {1, 0, 0, -1, -1};

  private static final DeflatePools POOLS = new DeflatePools(2);

  private InflateFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    Input input = new Input(bytes);
    int opcode = 1 + input.choose(2);
    boolean keepsContext = input.flip();
    DeflateParameters parameters = keepsContext ? Samples.CONTEXT : Samples.NO_CONTEXT;
    int cut = input.choose(256);
    byte[] payload = input.rest();
    byte[] message = fragments(opcode, payload, Math.min(cut, payload.length));
    List<String> once = MessagesFuzz.sameEvents(LIMIT, parameters, message, cut);
    byte[] twice = ClientFrames.join(message, message);
    List<String> events = MessagesFuzz.sameEvents(LIMIT, parameters, twice, 2 * cut);
    assertEquals(once.getFirst(), events.getFirst());
    if (!keepsContext && !once.getFirst().startsWith("fail")) {
      assertEquals(List.of(once.getFirst(), once.getFirst()), events);
    }
    compare(opcode, payload, keepsContext, once.getFirst());
    Allocation.atMost(8 * LIMIT + (128 << 10), () -> assemble(opcode, payload, parameters));
  }

  private static byte[] fragments(int opcode, byte[] payload, int cut) {
    return ClientFrames.join(
        ClientFrames.compressed(false, opcode, Arrays.copyOf(payload, cut)),
        ClientFrames.frame(
            true, Opcode.CONTINUATION, Arrays.copyOfRange(payload, cut, payload.length)));
  }

  private static void compare(int opcode, byte[] payload, boolean keepsContext, String event) {
    Optional<byte[]> message = jdk(Samples.withTail(payload));
    Optional<byte[]> lenient = jdk(payload); // tail left in, or nothing behind a final block
    if (message.isPresent()) {
      String expected = expected(opcode, message.get());
      assertEquals(expected, expected.equals(MessagesFuzz.REFUSED) ? refused(event) : event);
    } else if (lenient.isPresent()) {
      String expected = expected(opcode, lenient.get());
      assertTrue(refused(event).equals(MessagesFuzz.REFUSED) || event.equals(expected), event);
    } else if (!keepsContext) { // with it, that a message is cut off may show late
      assertEquals(MessagesFuzz.REFUSED, refused(event));
    }
  }

  private static String refused(String event) {
    return MessagesFuzz.withoutReason(List.of(event)).getFirst();
  }

  private static String expected(int opcode, byte[] message) {
    if (message.length > LIMIT) {
      return MessagesFuzz.REFUSED;
    }
    if (opcode == Opcode.BINARY) {
      return Receiver.binary(message);
    }
    try {
      return "text " + MessageAssembler.text(message, 0, message.length);
    } catch (ProtocolException e) {
      return MessagesFuzz.REFUSED;
    }
  }

  /** What they inflate to, no more than a buffer above the limit; empty if they are incomplete. */
  private static Optional<byte[]> jdk(byte[] blocks) {
    byte[] input = ClientFrames.join(blocks, STOP);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 12];
    try (var inflater = new AutoInflater()) {
      inflater.setInput(input);
      while (out.size() <= LIMIT) {
        int count = inflater.inflate(buffer);
        out.write(buffer, 0, count);
        int left = inflater.getRemaining();
        if (count == 0 && left == 0) {
          return Optional.of(out.toByteArray()).filter(whole -> inflater.finished());
        }
        if (count == 0 && !inflater.finished()) {
          return Optional.empty();
        }
        if (count == 0) {
          inflater.reset();
          inflater.setInput(input, input.length - left, left);
        }
      }
      return Optional.of(out.toByteArray());
    } catch (DataFormatException e) {
      return Optional.empty();
    }
  }

  /** An inflater of raw blocks that frees its memory. */
  private static final class AutoInflater extends Inflater implements AutoCloseable {
    AutoInflater() {
      super(true);
    }

    @Override
    public void close() {
      end();
    }
  }

  private static void assemble(int opcode, byte[] payload, DeflateParameters parameters) {
    try (Inflation inflation = new Inflation(POOLS, parameters)) {
      MessageAssembler assembler = new MessageAssembler(LIMIT, inflation);
      assembler.begin(ClientFrames.header(true, true, opcode, payload.length));
      assembler.append(payload, 0, payload.length);
      if (assembler.frameEnded()) {
        assembler.binary();
      }
    } catch (ProtocolException e) {
      // what it says was looked at above
    }
  }
}
