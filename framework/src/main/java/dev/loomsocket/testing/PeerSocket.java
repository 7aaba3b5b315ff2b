package dev.loomsocket.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.loomsocket.wire.OpeningHandshake;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A client's end of a TCP connection: bytes out, the answer to the opening handshake and frames in.
 * One thread reads, any may write.
 */
final class PeerSocket implements AutoCloseable {
  /** The status of an accepted handshake (RFC 6455 §4.1). */
  static final int SWITCHING = 101;

  private static final int OPENING = 10_000; // ms; the patience of who has less, until all is open
  private static final int NARROW = 4 * 1024; // bytes, so that the server soon has to wait
  private static final int LARGEST_PAYLOAD = 1 << 30; // more is a mistake in a header
  private static final String ACCEPT = "sec-websocket-accept: ";
  private static final String LENGTH = "content-length: ";

  private final Socket socket;
  private final DataInputStream in;
  private final int patience; // ms
  private final ReentrantLock writing = new ReentrantLock();

  private PeerSocket(Socket socket, int patience) throws IOException {
    this.socket = socket;
    this.patience = patience;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** A connection; a read that takes longer than the patience fails. */
  static PeerSocket connect(URI server, Duration patience) {
    return connect(server, patience, 0);
  }

  /** The same with as little room for bytes that wait to be read as possible. */
  static PeerSocket connectNarrow(URI server, Duration patience) {
    return connect(server, patience, NARROW);
  }

  private static PeerSocket connect(URI server, Duration patience, int receiveBuffer) {
    Socket socket = new Socket();
    try {
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.setTcpNoDelay(true); // each write is a packet
      InetAddress address = InetAddress.getByName(server.getHost());
      socket.connect(new InetSocketAddress(address, server.getPort()), OPENING);
      int timeout = Math.toIntExact(Math.max(1, patience.toMillis())); // 0 would be for ever
      socket.setSoTimeout(timeout);
      return new PeerSocket(socket, timeout);
    } catch (IOException | RuntimeException e) {
      closeFor(e, socket);
      throw e instanceof IOException io
          ? new UncheckedIOException("cannot connect to " + server, io)
          : (RuntimeException) e;
    }
  }

  private static void closeFor(Exception failure, Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** From now on a read may take for ever. */
  void patientForEver() {
    try {
      socket.setSoTimeout(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What an opening handshake was answered with.
   *
   * @param body empty with 101
   */
  record Answer(int status, String body) {
    @Override
    public String toString() {
      return status + (body.isBlank() ? "" : " " + body.strip());
    }
  }

  /**
   * Sends an opening handshake (RFC 6455 §4.1) and reads the answer to it.
   *
   * @throws AssertionError if none comes, or a wrong one
   */
  Answer open(String path, List<String> headers) {
    byte[] nonce = new byte[16];
    ThreadLocalRandom.current().nextBytes(nonce);
    String key = Base64.getEncoder().encodeToString(nonce);
    StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
    request.append("Host: localhost:").append(socket.getPort()).append("\r\n");
    request.append("Upgrade: websocket\r\nConnection: Upgrade\r\n");
    request.append("Sec-WebSocket-Key: ").append(key).append("\r\n");
    request.append("Sec-WebSocket-Version: 13\r\n");
    headers.forEach(line -> request.append(line).append("\r\n"));
    try {
      socket.setSoTimeout(Math.max(patience, OPENING));
      write(request.append("\r\n").toString().getBytes(UTF_8));
      Answer answer = answer(OpeningHandshake.accept(key));
      socket.setSoTimeout(patience);
      return answer;
    } catch (SocketTimeoutException e) {
      throw new AssertionError("expected an answer to the opening handshake, but none came", e);
    } catch (IOException e) {
      throw new AssertionError("expected an answer to the opening handshake, but " + e, e);
    }
  }

  private Answer answer(String accept) throws IOException {
    List<String> head = head().lines().toList();
    int status = Integer.parseInt(head.getFirst().split(" ", 3)[1]);
    if (status != SWITCHING) {
      int length = Integer.parseInt(field(head, LENGTH).isEmpty() ? "0" : field(head, LENGTH));
      return new Answer(status, new String(in.readNBytes(length), UTF_8));
    }
    if (!field(head, ACCEPT).equals(accept)) {
      throw new AssertionError("the Sec-WebSocket-Accept does not fit the key: " + head);
    }
    return new Answer(status, "");
  }

  private String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  private static String field(List<String> head, String start) {
    return head.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .findFirst()
        .orElse("");
  }

  /** Writes all of it at once. */
  void write(byte[]... pieces) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      all.writeBytes(piece);
    }
    writing.lock();
    try {
      socket.getOutputStream().write(all.toByteArray());
    } finally {
      writing.unlock();
    }
  }

  /**
   * Reads the next frame.
   *
   * @throws EOFException at an orderly end of the connection
   * @throws SocketTimeoutException if nothing comes for as long as the patience lasts
   */
  Frame frame() throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    if ((second & 0x80) != 0) {
      throw new AssertionError("a server's frame must not be masked (RFC 6455 §5.1)");
    }
    long length =
        switch (second) {
          case 126 -> in.readUnsignedShort();
          case 127 -> in.readLong();
          default -> second;
        };
    if (length < 0 || length > LARGEST_PAYLOAD) {
      throw new AssertionError("a frame of " + length + " bytes is announced");
    }
    byte[] payload = new byte[(int) length];
    in.readFully(payload);
    return new Frame((first & 0x80) != 0, first & 0xf, payload);
  }

  /** Reads to the end, an orderly one. */
  String rest() throws IOException {
    return new String(in.readAllBytes(), ISO_8859_1);
  }

  /** Says that nothing more comes; it can still be read. */
  void halfClose() throws IOException {
    socket.shutdownOutput();
  }

  /** Ends the connection with a reset, as when a process is killed. */
  void reset() {
    try {
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the connection in order, but without a Close. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
