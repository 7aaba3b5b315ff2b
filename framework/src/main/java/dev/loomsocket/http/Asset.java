package dev.loomsocket.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One static file as it is now: its content and the two validators by which a client asks whether
 * it has changed (RFC 9110 §8.8). Thread-safe.
 */
final class Asset {
  private static final int BLOCK = 16 * 1024;

  /** To compress a byte takes as long as to copy so many, or longer. */
  private static final int WORK = 8;

  private final Content content;
  private final String contentType;
  private final String tag;
  private final Instant lastModified;
  private volatile @Nullable Content gzipped; // of one in memory, once somebody wanted it

  private Asset(Content content, String contentType, String tag, Instant modified) {
    this.content = content;
    this.contentType = contentType;
    this.tag = tag;
    Instant now = Instant.now(); // §8.8.2.1: never later than the answer
    this.lastModified = (modified.isAfter(now) ? now : modified).truncatedTo(ChronoUnit.SECONDS);
  }

  /** A file of the file system, if it is a regular one that can be read. */
  static Optional<Asset> ofFile(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile() || !Files.isReadable(file)) {
        return Optional.empty();
      }
      Instant modified = attributes.lastModifiedTime().toInstant();
      long nanos = ChronoUnit.NANOS.between(Instant.EPOCH, modified);
      String tag = "%x-%x".formatted(nanos, attributes.size());
      String type = ContentTypes.of(String.valueOf(file.getFileName()));
      Content content = new Content.OnDisk(file, attributes.size());
      return Optional.of(new Asset(content, type, tag, modified));
    } catch (IOException notThere) {
      return Optional.empty();
    }
  }

  /** A file that is held in memory. */
  static Asset ofBytes(String name, byte[] bytes, Instant modified) {
    String tag = HexFormat.of().formatHex(sha256(bytes), 0, 16);
    return new Asset(new Content.InMemory(bytes, true), ContentTypes.of(name), tag, modified);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new AssertionError(everyPlatformHasIt);
    }
  }

  Content content() {
    return content;
  }

  String contentType() {
    return contentType;
  }

  /** In its quotation marks; strong: other bytes have another tag. */
  String etag() {
    return '"' + tag + '"';
  }

  /** The tag of the same file in a coding: these are other bytes (§8.8.3.3). */
  String etag(ContentCoding coding) {
    return '"' + tag + '-' + coding.token() + '"';
  }

  /** To the second. */
  Instant lastModified() {
    return lastModified;
  }

  /** Its content, compressed now, in memory. */
  Content gzipped() {
    Content known = gzipped;
    if (known == null) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        gzip(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      boolean kept = content instanceof Content.InMemory; // so this asset is, and what it knows
      gzipped = known = new Content.InMemory(bytes.toByteArray(), kept);
    }
    return known;
  }

  /** Compresses its content while it is written. */
  void gzip(OutputStream out) throws IOException {
    try (InputStream in = content.stream();
        GZIPOutputStream compressing = new GZIPOutputStream(out, 8 * 1024)) {
      byte[] block = new byte[BLOCK];
      for (int n; (n = in.read(block)) >= 0; ) {
        compressing.write(block, 0, n);
        if (out instanceof Pace pace) {
          pace.worked(n * WORK);
        }
      }
    }
  }
}
