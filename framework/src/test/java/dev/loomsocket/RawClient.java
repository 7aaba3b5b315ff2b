package dev.loomsocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.HexFormat;

/**
 * A client that knows nothing: a TCP socket, bytes as a test writes them, and as much reading of
 * HTTP and of frames as it takes to look at the answers. It shares no code with the product.
 */
final class RawClient implements AutoCloseable {
  static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
  private static final int PATIENCE =
      20_000; // milliseconds until a read that should have an answer fails
  private static final byte[] MASK = HexFormat.of().parseHex("37fa213d");

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /** A frame as it came. */
  record Frame(int first, byte[] payload) {
    boolean fin() {
      return (first & 0x80) != 0;
    }

    int opcode() {
      return first & 0xf;
    }

    String text() {
      return new String(payload, UTF_8);
    }

    /** The code of a Close frame; 1005 if it has none. */
    int closeCode() {
      return payload.length < 2 ? 1005 : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
    }
  }

  static RawClient connect(int port) {
    try {
      Socket socket = new Socket();
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE);
      return new RawClient(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection with its opening handshake done. */
  static RawClient webSocket(int port, String path) {
    RawClient client = connect(port);
    client.send(handshake(path));
    String head = client.head();
    if (!head.startsWith("HTTP/1.1 101 ")) {
      throw new AssertionError(head);
    }
    return client;
  }

  /** The opening handshake of RFC 6455 §1.2, for this path. */
  static byte[] handshake(String path) {
    return ascii(
        "GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: "
            + KEY
            + "\r\nSec-WebSocket-Version: 13\r\n\r\n");
  }

  /** A request's head, given as its lines. */
  static byte[] request(String... lines) {
    return ascii(String.join("\r\n", lines) + "\r\n\r\n");
  }

  static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /** A final masked text frame. */
  static byte[] text(String text) {
    return frame(0x81, text.getBytes(UTF_8));
  }

  /** A masked frame with this first byte. */
  static byte[] frame(int first, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else if (payload.length < 65_536) {
      frame.write(0x80 | 126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    } else {
      frame.write(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.write((int) ((long) payload.length >> shift));
      }
    }
    frame.writeBytes(MASK);
    for (int i = 0; i < payload.length; i++) {
      frame.write(payload[i] ^ MASK[i & 3]);
    }
    return frame.toByteArray();
  }

  /** A masked Close frame. */
  static byte[] close(int code) {
    return frame(0x88, new byte[] {(byte) (code >> 8), (byte) code});
  }

  /** Bytes in hexadecimal, with spaces where a reader likes them. */
  static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  RawClient send(byte[]... pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      all.writeBytes(piece);
    }
    try {
      out.write(all.toByteArray());
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends every byte in a packet of its own. */
  RawClient dribble(byte[] bytes) {
    for (byte b : bytes) {
      send(new byte[] {b});
    }
    return this;
  }

  /** Reads up to and including the empty line behind a response's head. */
  String head() {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      head.append((char) read(1)[0]);
    }
    return head.toString();
  }

  /** Reads one response with its body. */
  HttpAnswer answer() {
    return HttpAnswer.read(this);
  }

  /** Asks for a page and reads it. */
  HttpAnswer get(String path) {
    return send(request("GET " + path + " HTTP/1.1", "Host: localhost")).answer();
  }

  /** Reads so many bytes. */
  byte[] read(int bytes) {
    try {
      byte[] read = new byte[bytes];
      in.readFully(read);
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one frame of the server. */
  Frame frame() {
    try {
      int first = in.readUnsignedByte();
      int second = in.readUnsignedByte();
      if ((second & 0x80) != 0) {
        throw new AssertionError("a server's frame must not be masked");
      }
      long length = second;
      if (second == 126) {
        length = in.readUnsignedShort();
      } else if (second == 127) {
        length = in.readLong();
      }
      return new Frame(first, read((int) length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * True if the server has ended the connection, orderly or not, once everything before has been
   * read.
   */
  boolean isEnded() {
    try {
      return in.read() < 0;
    } catch (EOFException | SocketException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads to the end. */
  String rest() {
    try {
      return new String(in.readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says that nothing more comes, and goes on reading. */
  RawClient halfClose() {
    try {
      socket.shutdownOutput();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the connection with a reset. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
