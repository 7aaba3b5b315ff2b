package dev.loomsocket.server;

import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.Response;
import dev.loomsocket.http.Response.Body.FileRange;
import dev.loomsocket.net.WriteBuffer;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Writes the responses of one connection, files included; blocks while the client is slow to take
 * them.
 */
final class ResponseWriter {
  private static final Logger LOG = System.getLogger("dev.loomsocket.server");
  private static final int FILE_CHUNK = 128 * 1024;

  private final WriteBuffer out;
  private final ResponseEncoder encoder;

  ResponseWriter(WriteBuffer out, ResponseEncoder encoder) {
    this.out = out;
    this.encoder = encoder;
  }

  /** Writes the answer to a request; a value that has no JSON form is answered with 500. */
  void write(Response response, RequestHead head, boolean keepAlive) throws IOException {
    EncodedResponse encoded;
    try {
      encoded = encoder.encode(response, head.method(), head.minorVersion(), keepAlive);
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          () -> "the response to " + head.method() + " " + head.rawPath() + " failed",
          e);
      Response error = ResponseEncoder.error(new HttpException(500, "internal server error"));
      encoded = encoder.encode(error, head.method(), head.minorVersion(), keepAlive);
    }
    out.write(encoded.head());
    out.write(encoded.body());
    if (encoded.file().isPresent()) {
      write(encoded.file().get());
    }
  }

  private void write(FileRange file) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(FILE_CHUNK, Math.max(1, file.size())));
    try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
      for (long left = file.size(); left > 0; ) {
        int n = channel.read(chunk.clear().limit((int) Math.min(chunk.capacity(), left)));
        if (n < 0) {
          throw new EOFException(file.path() + " became shorter while it was sent");
        }
        left -= n;
        out.write(chunk.flip());
      }
    }
  }

  /** Writes the answer to what is not a request. */
  void writeError(HttpException e) throws IOException {
    EncodedResponse encoded = encoder.encodeError(e);
    out.write(encoded.head());
    out.write(encoded.body());
  }

  /** Lets a client that asked first send its body. */
  void writeContinue() throws IOException {
    out.write(ResponseEncoder.continueBytes());
  }

  /** Writes the end of HTTP on this connection. */
  void writeSwitchingProtocols(Map<String, String> headers) throws IOException {
    out.write(ResponseEncoder.switchingProtocols(headers));
  }

  void flush() throws IOException {
    out.flush();
  }
}
