package dev.loomsocket.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Takes a multipart body apart (RFC 2046 §5.1), in constant memory:
 *
 * <pre>{@code
 * while (reader.nextPart()) {
 *   PartHead head = reader.head();
 *   reader.data(sink);
 * }
 * }</pre>
 */
final class MultipartReader {
  private static final int LONGEST_BOUNDARY = 70; // RFC 2046 §5.1.1
  private static final int MOST_PADDING = 64; // bytes behind a boundary, of which nobody sends one
  private static final String BOUNDARY_MARKS = "'()+_,-./:=? ";

  private final InputStream in;
  private final int mostHead;
  private final byte[] delimiter; // with the end of line that belongs to it
  private final byte[] buffer = new byte[16 * 1024];
  private int pos;
  private int limit;
  private boolean begun;

  MultipartReader(InputStream in, String boundary, int mostHead) {
    this.in = in;
    this.mostHead = mostHead;
    this.delimiter = ("\r\n--" + boundary).getBytes(US_ASCII);
    buffer[limit++] = '\r'; // the first boundary may stand at the very beginning
    buffer[limit++] = '\n';
  }

  static boolean isBoundary(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_BOUNDARY
        && !text.endsWith(" ")
        && text.chars()
            .allMatch(c ->
                c >= '0' && c <= '9'
                    || c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || BOUNDARY_MARKS.indexOf(c) >= 0);
  }

  /** Where data goes. */
  @FunctionalInterface
  interface Sink {
    void take(byte[] bytes, int from, int length) throws IOException;
  }

  /** Goes on behind the boundary that comes; false if it was the last one. */
  boolean nextPart() throws IOException {
    if (!begun) {
      begun = true;
      data((bytes, from, length) -> {}); // what stands before the first part says nothing
    }
    int first = read();
    if (first == '-') {
      if (read() != '-') {
        throw malformed();
      }
      return false;
    }
    for (int padding = 0; first == ' ' || first == '\t'; padding++) {
      if (padding == MOST_PADDING) {
        throw malformed();
      }
      first = read();
    }
    if (first != '\r' || read() != '\n') {
      throw malformed();
    }
    return true;
  }

  /** Reads the header lines of a part. */
  PartHead head() throws IOException {
    PartHead.Builder head = new PartHead.Builder();
    int left = mostHead;
    while (true) {
      byte[] line = line(left);
      if (line.length == 0) {
        return head.build();
      }
      left -= line.length;
      head.add(line);
    }
  }

  private byte[] line(int most) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    int b;
    while ((b = read()) != '\r') {
      if (b == '\n' || b == 0) {
        throw malformed();
      }
      if (line.size() >= most) {
        throw new HttpException(
            431, "the headers of a part are longer than " + mostHead + " bytes");
      }
      line.write(b);
    }
    if (read() != '\n') {
      throw malformed();
    }
    return line.toByteArray();
  }

  /** Hands out all that comes before the next boundary, and takes that. */
  void data(Sink sink) throws IOException {
    while (true) {
      int at = pos;
      int matched = 0;
      while (at < limit && (matched = matched(at)) < delimiter.length && at + matched < limit) {
        at++;
      }
      if (at > pos) {
        sink.take(buffer, pos, at - pos);
        pos = at;
      }
      if (matched == delimiter.length) {
        pos += matched;
        return;
      }
      fill();
    }
  }

  /** How many bytes from there on are like the beginning of a delimiter. */
  private int matched(int from) {
    int n = 0;
    while (n < delimiter.length && from + n < limit && buffer[from + n] == delimiter[n]) {
      n++;
    }
    return n;
  }

  private int read() throws IOException {
    if (pos == limit) {
      fill();
    }
    return buffer[pos++] & 0xff;
  }

  private void fill() throws IOException {
    System.arraycopy(buffer, pos, buffer, 0, limit - pos);
    limit -= pos;
    pos = 0;
    int n = in.read(buffer, limit, buffer.length - limit);
    if (n < 0) {
      throw new HttpException(400, "the form ends in the middle");
    }
    limit += n;
  }

  private static HttpException malformed() {
    return new HttpException(400, "the form is malformed");
  }
}
