package dev.loomsocket.server;

import dev.loomsocket.http.HttpException;
import dev.loomsocket.net.ReadBuffer;
import dev.loomsocket.net.Transport;
import dev.loomsocket.wire.MemoryBudget;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request, read by its handler while it arrives. What has not been read when the
 * handler is done is thrown away, if it is little; else the connection cannot go on.
 *
 * <p>A client that lets us wait too long loses its {@link Credit}.
 */
final class BodyInput extends InputStream {
  /** So many bytes that nobody wants are read to keep the connection. */
  private static final int DRAINED = 64 * 1024;

  private static final int AT_FIRST = 8 * 1024;

  private final RequestHead head;
  private final HttpLimits limits;
  private final ReadBuffer in;
  private final ResponseWriter out;
  private final Transport transport;
  private final Credit credit;
  private final MemoryBudget memory; // for what is held of all bodies
  private long held; // bytes of it

  private boolean continues; // once the client is told to
  private @Nullable RequestBody body; // once somebody wants it
  private @Nullable HttpException refusal; // of the body by us
  private @Nullable IOException loss; // of the client
  private boolean answered;

  BodyInput(
      RequestHead head,
      HttpLimits limits,
      ServerSettings settings,
      Transport transport,
      ReadBuffer in,
      ResponseWriter out,
      MemoryBudget memory) {
    this.head = head;
    this.limits = limits;
    this.in = in;
    this.out = out;
    this.transport = transport;
    this.memory = memory;
    this.credit = new Credit(settings);
    this.continues = head.expectsContinue();
  }

  /**
   * So many bytes of the body will be held until {@link #release}.
   *
   * @throws HttpException 503 if too much is held of others
   */
  void hold(long bytes) {
    if (bytes > held) {
      if (!memory.tryTake(bytes - held, held)) {
        refusal =
            new HttpException(503, "too many requests are under way on this server")
                .header("Retry-After", "5");
        throw refusal;
      }
      held = bytes;
    }
  }

  /** Nothing is held any more. */
  void release() {
    memory.giveBack(held);
    held = 0;
  }

  /** How many bytes there are at most, of which so many are allowed. */
  long most(long allowed) {
    return head.bodyLength() instanceof BodyLength.Fixed(long bytes)
        ? Math.min(bytes, allowed)
        : allowed;
  }

  /** How many bytes there may be where nobody says that more are welcome. */
  long mostInMemory() {
    return limits.body();
  }

  /**
   * Sets how many bytes there may be; none may have been read.
   *
   * @throws HttpException 413 if it is known that there are more
   */
  BodyInput limit(long most) {
    try {
      body = RequestBody.of(head.bodyLength(), limits.withBody(most));
      return this;
    } catch (HttpException e) {
      refusal = e;
      throw e;
    }
  }

  /**
   * The whole of it, in memory that grows with what has arrived, not with what was announced.
   *
   * @throws HttpException what {@link #read} throws; 413 if it is longer than {@code
   *     max-body-size}, 503 if too much is held of other requests
   */
  byte[] bytes() throws IOException {
    try {
      limit(limits.body());
      byte[] bytes = new byte[Math.clamp(body().data(), 0, AT_FIRST)];
      hold(bytes.length);
      int size = 0;
      for (int n; (n = await()) > 0; size += n) {
        if (size + n > bytes.length) {
          int larger = Math.max(size + n, 2 * bytes.length);
          hold(larger);
          bytes = Arrays.copyOf(bytes, larger);
        }
        take(bytes, size, n);
      }
      return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    } catch (HttpException e) {
      if (e.status() == 413) {
        refusal =
            new HttpException(
                413, "the body is longer than max-body-size, which is " + limits.body() + " bytes");
        throw refusal;
      }
      throw e;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /**
   * Waits for at least one byte.
   *
   * @throws HttpException 400, 413 or 431 for what is no body, 408 if it comes too slowly
   * @throws IOException if the client is lost, or has its answer already
   */
  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, to.length);
    if (length == 0) {
      return 0;
    }
    if (answered) {
      throw new IOException("the request has been answered: its body is gone");
    }
    int n = Math.min(await(), length);
    if (n < 0) {
      return -1;
    }
    take(to, from, n);
    return n;
  }

  @Override
  public int available() {
    return body == null ? 0 : (int) Math.min(body.data(), in.available());
  }

  /** Waits until there is data; returns how much, −1 at the end. */
  private int await() throws IOException {
    if (refusal != null) {
      throw refusal;
    }
    if (loss != null) {
      throw loss;
    }
    try {
      return fill(body());
    } catch (HttpException e) {
      refusal = e;
      throw e;
    } catch (IOException e) {
      loss = e;
      throw e;
    }
  }

  private RequestBody body() {
    if (body == null) {
      limit(Long.MAX_VALUE);
    }
    return Objects.requireNonNull(body);
  }

  private int fill(RequestBody body) throws IOException {
    while (true) {
      in.consume(body.frame(in.array(), in.pos(), in.limit()));
      if (body.isComplete()) {
        letGo();
        return -1;
      }
      int n = (int) Math.min(body.data(), in.available());
      if (n > 0) {
        return n;
      }
      fill();
    }
  }

  private void fill() throws IOException {
    if (continues) {
      continues = false;
      if (in.available() == 0) {
        out.writeContinue();
      }
    }
    out.flush();
    long start = transport.now();
    int n = in.fill(credit.left());
    if (n < 0) {
      throw new EOFException("the client left within a request's body");
    }
    credit.waited(transport.now() - start, n);
    if (n == 0 && credit.isUsedUp()) { // else the server's stop woke it
      throw new HttpException(408, "the request's body comes too slowly");
    }
    transport.worked(n);
  }

  private void take(byte[] to, int from, int n) {
    System.arraycopy(in.array(), in.pos(), to, from, n);
    skipped(n);
  }

  private void skipped(int n) {
    in.consume(n);
    body().took(n);
    letGo();
  }

  /** The buffer is of no use while the handler looks at what it has got. */
  private void letGo() {
    if (in.available() == 0) {
      in.release();
    }
  }

  /** Why a handler has thrown this: because of what is wrong with the body, if something is. */
  Throwable causeOf(Throwable thrown) {
    if (refusal != null) {
      return refusal;
    }
    return loss == null ? thrown : new HttpException(400, "the client left"); // nobody reads it
  }

  /** Throws what there was of it if the client has been lost: nobody waits for an answer. */
  void checkClient() throws IOException {
    if (loss != null) {
      throw loss;
    }
  }

  /**
   * True if the end of the body is near, so that another request can follow; of one in chunks that
   * is hoped for. Now the response begins: who still waits to be told to continue is not told any
   * more, and may send the body or not (RFC 9110 §10.1.1), which leaves no place for another
   * request.
   *
   * @param reads true if what writes the response may read the body first: that tells the client
   */
  boolean beginAnswer(boolean reads) {
    boolean untold = continues && in.available() == 0;
    continues = untold && reads;
    if (refusal != null || untold) {
      return false;
    }
    return switch (head.bodyLength()) {
      case BodyLength.Fixed fixed -> (body == null ? fixed.bytes() : body.data()) <= DRAINED;
      case BodyLength.Chunked chunked -> true;
    };
  }

  /**
   * The answer has been given: throws the rest away.
   *
   * @return false if there was too much of it, or it was no body
   */
  boolean drain() throws IOException {
    answered = true;
    try {
      for (long left = DRAINED; left >= 0; ) {
        int n = await();
        if (n < 0) {
          return true;
        }
        skipped(n);
        left -= n;
      }
      return false;
    } catch (HttpException e) {
      return false;
    }
  }
}
