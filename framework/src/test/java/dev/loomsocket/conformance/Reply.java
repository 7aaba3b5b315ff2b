package dev.loomsocket.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** One frame that must come back. */
sealed interface Reply {
  /** True if it may be looked at many times. */
  default boolean isShort() {
    return true;
  }

  /** The one that this row expects, told from all others by how it shows itself. */
  String show();

  /** How a frame shows itself where this one is expected; the same as {@link #show} if it is it. */
  String show(Frame frame, PeerDeflate deflate);

  /** This frame, to the byte. */
  record Exact(int first, byte[] payload) implements Reply {
    @Override
    public String show() {
      return Frame.show(first, payload);
    }

    @Override
    public String show(Frame frame, PeerDeflate deflate) {
      if (frame.isCompressed()) {
        deflate.inflate(frame.payload()); // it is part of the context
      }
      return frame.toString();
    }
  }

  /** A message in one frame, with RSV1 and whatever compressed bytes stand for this content. */
  record Compressed(int first, byte[] content) implements Reply {
    @Override
    public boolean isShort() {
      return content.length < 1 << 20;
    }

    @Override
    public String show() {
      return "inflated " + Frame.show(first, content);
    }

    @Override
    public String show(Frame frame, PeerDeflate deflate) {
      return frame.isCompressed()
          ? "inflated " + Frame.show(frame.first(), deflate.inflate(frame.payload()))
          : frame.toString();
    }
  }

  /** A Close frame with this code and any reason, or none, that is UTF-8. */
  record Failure(int code) implements Reply {
    @Override
    public String show() {
      return "close " + code;
    }

    @Override
    public String show(Frame frame, PeerDeflate deflate) {
      byte[] payload = frame.payload();
      if (frame.first() != 0x88 || payload.length < 2 || payload.length > 125) {
        return frame.toString();
      }
      try {
        UTF_8.newDecoder().decode(ByteBuffer.wrap(payload, 2, payload.length - 2));
      } catch (CharacterCodingException e) {
        return frame + ", whose reason is not UTF-8";
      }
      return "close " + ((payload[0] & 0xff) << 8 | payload[1] & 0xff);
    }
  }
}
