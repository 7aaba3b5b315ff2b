package dev.loomsocket.http;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A multipart form that has been read (RFC 7578): files beyond 64 KiB are on the disk until it is
 * closed. The server reads those of requests by itself; see {@link Request#parts()}.
 */
public final class Multipart implements AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.loomsocket.http");

  /** About so many bytes of a form are in memory at most. */
  public static final int MOST_IN_MEMORY = 2 << 20;

  /** A file of more bytes goes to the disk. */
  private static final int SMALL = 64 * 1024;

  /** And a smaller one too, when the parts in memory have so many bytes together. */
  private static final int IN_MEMORY = 1 << 20;

  private final FormLimits limits;
  private final List<Part> parts = new ArrayList<>();
  private final List<Spool> spools = new ArrayList<>();
  private int fields; // bytes of what is no file
  private int inMemory;

  private Multipart(FormLimits limits) {
    this.limits = limits;
  }

  /** True if this content type is that of a multipart form. */
  public static boolean isForm(String contentType) {
    return MediaType.parse(contentType).isOf("multipart/form-data");
  }

  /**
   * Reads a form up to its end; blocks. The limit for the whole of it is the stream's to know.
   *
   * @param contentType with the boundary between the parts
   * @throws HttpException 400 if it is no such form, 413 or 431 beyond a limit
   * @throws IOException if the stream or the disk fails
   */
  public static Multipart read(InputStream in, String contentType, FormLimits limits)
      throws IOException {
    String boundary =
        MediaType.parse(contentType)
            .parameter("boundary")
            .filter(MultipartReader::isBoundary)
            .orElseThrow(() -> new HttpException(400, "a form without a boundary"));
    Multipart form = new Multipart(limits);
    boolean whole = false;
    try {
      form.read(new MultipartReader(in, boundary, limits.head()));
      whole = true;
      return form;
    } finally {
      if (!whole) {
        form.close();
      }
    }
  }

  private void read(MultipartReader reader) throws IOException {
    while (reader.nextPart()) {
      if (parts.size() == limits.parts()) {
        throw new HttpException(413, "the form has more than " + limits.parts() + " parts");
      }
      PartHead head = reader.head();
      boolean isFile = head.fileName().isPresent();
      Spool content = new Spool(isFile ? Math.min(SMALL, IN_MEMORY - inMemory) : Integer.MAX_VALUE);
      spools.add(content);
      reader.data((bytes, from, length) -> {
        if (!isFile && length > limits.fields() - fields) {
          throw new HttpException(
              413, "the fields of the form have more than " + limits.fields() + " bytes");
        }
        fields += isFile ? 0 : length;
        content.write(bytes, from, length);
      });
      content.close();
      inMemory += isFile ? content.inMemory() : 0;
      parts.add(new Part(head.name(), head.fileName(), head.contentType(), content));
    }
  }

  /** The parts, in their order. */
  public List<Part> parts() {
    return Collections.unmodifiableList(parts);
  }

  /** Deletes the temporary files. */
  @Override
  public void close() {
    for (Spool spool : spools) {
      try {
        spool.delete();
      } catch (IOException e) {
        LOG.log(Level.WARNING, "a temporary file could not be deleted", e);
      }
    }
  }
}
