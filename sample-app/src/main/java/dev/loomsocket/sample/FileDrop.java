package dev.loomsocket.sample;

import dev.loomsocket.websocket.Compression;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Takes a file in parts, each a binary message as large as one likes, and tells its SHA-256. An
 * {@link InputStream} is read while its message arrives: no part is ever in memory as a whole.
 */
@WebSocketEndpoint(value = "/drop", compression = @Compression(enabled = false))
public final class FileDrop {
  /** How much has come so far. */
  record Received(long bytes) {}

  /** The whole file. */
  record Whole(long bytes, String sha256) {}

  private final MessageDigest digest;
  private final byte[] buffer = new byte[16 * 1024];
  private long bytes;

  FileDrop() throws NoSuchAlgorithmException {
    digest = MessageDigest.getInstance("SHA-256");
  }

  @OnMessage
  Received part(InputStream part) throws IOException {
    for (int n = part.read(buffer); n >= 0; n = part.read(buffer)) {
      digest.update(buffer, 0, n);
      bytes += n;
    }
    return new Received(bytes);
  }

  /** Whatever text it is, it means that this was all. */
  @OnMessage
  Whole end(String text) {
    Whole whole = new Whole(bytes, HexFormat.of().formatHex(digest.digest()));
    bytes = 0;
    return whole;
  }
}
