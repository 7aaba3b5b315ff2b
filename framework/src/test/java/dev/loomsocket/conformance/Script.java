package dev.loomsocket.conformance;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Frames in the table's notation, as a client sends them.
 *
 * <pre>
 * text(...)       a final text frame with this {@link Content}, masked; also binary, cont, close,
 *                 ping, pong
 * text+(...)      the same without FIN
 * text~(...)      the content is compressed, as one message, and RSV1 is set
 * text/64(...)    the message in fragments of 64 bytes
 * 83(...)         a final masked frame with this first byte
 * 81 05           bytes as they are
 * mask(00*4)      the masking key of the frames that follow; before, it is 37 fa 21 3d
 * &lt;2&gt;             two more frames must have come back before the rest is sent; &lt;=2&gt;: two in all
 * !               with the byte before it, it is proved that the connection must fail
 * [...]*1000      all of that so many times
 * </pre>
 *
 * @param frameEnds where in the bytes a frame ends
 * @param pauses where more is sent only after something has come back
 * @param failsAt how many bytes prove that the connection must fail; −1 if none do
 */
record Script(byte[] bytes, List<Integer> frameEnds, List<Pause> pauses, int failsAt) {
  /**
   * In front of the byte with this index, so many frames have come back, counted from the start.
   */
  record Pause(int at, int replies) {}

  static Script parse(String notation) {
    Writer writer = new Writer(new Cursor(notation));
    while (!writer.in.isAtEnd()) {
      writer.item();
    }
    return new Script(writer.out.toByteArray(), writer.frameEnds, writer.pauses, writer.failsAt);
  }

  /** A message of a payload that is given as it is, masked; 0: in one frame, else in fragments. */
  static byte[] message(int first, byte[] payload, int fragment) {
    Writer writer = new Writer(new Cursor(""));
    writer.message(first, payload.clone(), fragment, -1);
    return writer.out.toByteArray();
  }

  private static final class Writer {
    private final Cursor in;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Integer> frameEnds = new ArrayList<>();
    private final List<Pause> pauses = new ArrayList<>();
    private byte[] key = HexFormat.of().parseHex("37fa213d"); // of RFC 6455 §5.7
    private int replies;
    private int failsAt = -1;

    Writer(Cursor in) {
      this.in = in;
    }

    void item() {
      if (in.take('!')) {
        failsAt = out.size();
      } else if (in.take('<')) {
        int before = in.take('=') ? 0 : replies;
        replies = before + Integer.parseInt(in.upTo('>'));
        pauses.add(new Pause(out.size(), replies));
      } else if (in.take('[')) {
        repeat(in.upTo(']'), in.times());
      } else {
        word(in.word());
      }
    }

    /** Reads the same text again and again, so that what it says of pauses holds for each time. */
    private void repeat(String items, int times) {
      for (int i = 0; i < times; i++) {
        Writer once = new Writer(new Cursor(items));
        once.key = key;
        while (!once.in.isAtEnd()) {
          once.item();
        }
        int at = out.size();
        once.frameEnds.forEach(end -> frameEnds.add(at + end));
        for (Pause pause : once.pauses) {
          pauses.add(new Pause(at + pause.at, replies + pause.replies));
        }
        replies += once.replies;
        out.writeBytes(once.out.toByteArray());
      }
    }

    private void word(String word) {
      boolean compressed = in.take('~');
      boolean more = in.take('+');
      int fragment = in.take('/') ? Integer.parseInt(in.word()) : 0;
      if (word.equals("mask")) {
        in.expect('(');
        key = Content.parse(in).bytes();
      } else if (in.take('(')) {
        int first = Opcodes.first(word, !more, compressed);
        Content.Parsed content = Content.parse(in);
        byte[] payload = compressed ? Opcodes.compressed(content.bytes()) : content.bytes();
        message(first, payload, fragment, content.failsAt());
      } else {
        byte[] raw = HexFormat.of().parseHex(word);
        for (int i = in.times(); i > 0; i--) {
          out.writeBytes(raw);
        }
      }
    }

    private void message(int first, byte[] payload, int fragment, int failing) {
      if (fragment == 0 || payload.length == 0) {
        frame(first, payload, failing);
        return;
      }
      for (int at = 0; at < payload.length; at += fragment) {
        int end = Math.min(at + fragment, payload.length);
        int fin = end == payload.length ? 0x80 : 0;
        boolean failsHere = failing > at && failing <= end;
        frame(
            fin | (at == 0 ? first & 0x7f : 0),
            Arrays.copyOfRange(payload, at, end),
            failsHere ? failing - at : -1);
      }
    }

    /** Masks the payload in place. */
    private void frame(int first, byte[] payload, int failing) {
      out.write(first);
      if (payload.length < 126) {
        out.write(0x80 | payload.length);
      } else if (payload.length < 65_536) {
        out.write(0x80 | 126);
        out.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
      } else {
        out.write(0x80 | 127);
        out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
      }
      out.writeBytes(key);
      if (failing >= 0) {
        failsAt = out.size() + failing;
      }
      for (int i = 0; i < payload.length; i++) {
        payload[i] ^= key[i & 3];
      }
      out.writeBytes(payload);
      frameEnds.add(out.size());
    }
  }
}
