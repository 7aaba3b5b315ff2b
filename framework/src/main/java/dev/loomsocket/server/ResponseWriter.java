package dev.loomsocket.server;

import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.Response;
import dev.loomsocket.http.Response.Body;
import dev.loomsocket.http.Response.Body.FileRange;
import dev.loomsocket.net.WriteBuffer;
import dev.loomsocket.server.StreamedOutput.Framing;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes the responses of one connection, files and streams included; blocks while the client is
 * slow to take them.
 */
final class ResponseWriter {
  private static final Logger LOG = System.getLogger("dev.loomsocket.server");

  private final WriteBuffer out;
  private final ResponseEncoder encoder;
  private @Nullable StreamedOutput streamed; // the body that is being written

  ResponseWriter(WriteBuffer out, ResponseEncoder encoder) {
    this.out = out;
    this.encoder = encoder;
  }

  /**
   * Writes the answer to a request. A value that has no JSON form, a view that cannot be rendered
   * and a stream that fails before its first byte is sent are answered with an error.
   *
   * @param failed makes the error's response
   * @return true if another answer may follow
   * @throws IOException if the client is lost, or its answer has to be cut off
   */
  boolean write(
      Response response, RequestHead head, boolean keepAlive, Function<Throwable, Response> failed)
      throws IOException {
    try {
      return send(response, head, keepAlive);
    } catch (NothingSent e) {
      return sendError(failed.apply(e.getCause()), head, keepAlive);
    }
  }

  private boolean sendError(Response error, RequestHead head, boolean keepAlive)
      throws IOException {
    try {
      return send(error, head, keepAlive);
    } catch (NothingSent e) {
      LOG.log(Level.WARNING, () -> "the error page for " + about(head) + " failed", e.getCause());
      EncodedResponse plain = encode(ResponseEncoder.internalError(), head, keepAlive);
      out.write(plain.head());
      out.write(plain.body());
      return keepAlive;
    }
  }

  /** A response has failed in time for another one. */
  private static final class NothingSent extends Exception {
    private static final long serialVersionUID = 1;

    NothingSent(Throwable cause) {
      super(null, cause, false, false);
    }

    @Override
    public Throwable getCause() {
      return Objects.requireNonNull(super.getCause());
    }
  }

  private boolean send(Response response, RequestHead head, boolean keepAlive)
      throws IOException, NothingSent {
    boolean stays =
        keepAlive && (head.minorVersion() > 0 || framing(response, head) == Framing.LENGTH);
    EncodedResponse encoded;
    try {
      encoded = encode(response, head, stays);
    } catch (RuntimeException | Error e) {
      throw new NothingSent(e);
    }
    switch (encoded.rest()) {
      case Body.Stream stream -> send(stream, encoded.head(), head);
      case Body.FileRange file -> send(file, encoded.head());
      case Body.Events events ->
          throw new NothingSent(new IllegalStateException("only a handler can send events"));
      default -> {
        out.write(encoded.head());
        if (response.entity() instanceof Body.Bytes bytes && bytes.shared()) {
          out.writeShared(encoded.body());
        } else {
          out.write(encoded.body());
        }
      }
    }
    return stays;
  }

  private static Framing framing(Response response, RequestHead head) {
    return switch (response.entity()) {
      case Body.Stream stream -> Framing.of(stream.length(), head.minorVersion());
      case Body.Events events -> Framing.of(-1, head.minorVersion());
      default -> Framing.LENGTH;
    };
  }

  /** The body of a last response, whose head goes out with its first bytes. */
  StreamedOutput begin(Response response, RequestHead head) {
    byte[] first = encode(response, head, false).head();
    return new StreamedOutput(out, first, framing(response, head), -1);
  }

  private EncodedResponse encode(Response response, RequestHead head, boolean keepAlive) {
    return encoder.encode(response, head.method(), head.minorVersion(), keepAlive);
  }

  private static String about(RequestHead head) {
    return head.method() + " " + head.rawPath();
  }

  private void send(Body.Stream stream, byte[] first, RequestHead head)
      throws IOException, NothingSent {
    Framing framing = Framing.of(stream.length(), head.minorVersion());
    StreamedOutput body = new StreamedOutput(out, first, framing, stream.length());
    streamed = body;
    try {
      stream.writer().write(body);
      body.end();
    } catch (Exception | Error e) {
      body.giveUp();
      if (body.isLost()) {
        throw new IOException("the client left within a response", e);
      }
      if (!body.hasBegun()) {
        throw new NothingSent(e);
      }
      LOG.log(Level.WARNING, () -> "the response to " + about(head) + " failed half-way", e);
      if (framing == Framing.CLOSE) {
        out.cut(); // the end of the connection would look like that of the body
      }
      throw new IOException("a response was cut off", e);
    } finally {
      streamed = null;
    }
  }

  private void send(FileRange file, byte[] head) throws IOException, NothingSent {
    try (FileChannel channel = open(file)) {
      out.write(head);
      out.write(channel, file.from(), file.size());
    }
  }

  /** Opens a file that was there, and as long, a moment ago. */
  private static FileChannel open(FileRange file) throws NothingSent {
    try {
      FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ);
      if (channel.size() >= file.from() + file.size()) {
        return channel;
      }
      channel.close();
      throw new NothingSent(new EOFException(file.path() + " became shorter"));
    } catch (NoSuchFileException e) {
      throw new NothingSent(new HttpException(404, "not found"));
    } catch (IOException e) {
      throw new NothingSent(e);
    }
  }

  /** Writes the answer to what is not a request. */
  void writeError(HttpException e) throws IOException {
    EncodedResponse encoded = encoder.encodeError(e);
    out.write(encoded.head());
    out.write(encoded.body());
  }

  /**
   * Lets a client that asked first send its body.
   *
   * @throws IOException if it has got the beginning of its answer, and nobody can tell it any more
   */
  void writeContinue() throws IOException {
    if (streamed != null && streamed.hasBegun()) {
      throw new IOException("the client sends no body: it has waited for a word until the answer");
    }
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
