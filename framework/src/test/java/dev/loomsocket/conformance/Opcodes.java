package dev.loomsocket.conformance;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The names of frames in the table, and the frames that a server sends. */
final class Opcodes {
  private static final Map<String, Integer> NAMES =
      Map.of("cont", 0, "text", 1, "binary", 2, "close", 8, "ping", 9, "pong", 10);

  private Opcodes() {}

  /** A frame's first byte: of an opcode's name, or the byte itself in hexadecimal. */
  static int first(String word, boolean fin, boolean compressed) {
    Integer opcode = NAMES.get(word);
    return opcode == null
        ? HexFormat.fromHexDigits(word)
        : (fin ? 0x80 : 0) | (compressed ? 0x40 : 0) | opcode;
  }

  /** One message's compressed payload, by itself. */
  static byte[] compressed(byte[] message) {
    try (PeerDeflate deflate = new PeerDeflate("client_no_context_takeover")) {
      return deflate.deflate(message);
    }
  }

  /** Replies in the notation of {@link Script}, where ~ stands for any compressed form. */
  static List<Reply> replies(String notation) {
    Cursor in = new Cursor(notation);
    List<Reply> replies = new ArrayList<>();
    while (!in.isAtEnd()) {
      if (in.take('[')) {
        List<Reply> some = replies(in.upTo(']'));
        for (int i = in.times(); i > 0; i--) {
          replies.addAll(some);
        }
        continue;
      }
      String word = in.word();
      boolean compressed = in.take('~');
      in.expect('(');
      int first = first(word, true, compressed);
      byte[] content = Content.parse(in).bytes();
      replies.add(
          compressed ? new Reply.Compressed(first, content) : new Reply.Exact(first, content));
    }
    return replies;
  }
}
