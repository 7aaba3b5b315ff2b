package dev.loomsocket.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One static file as it is now: its content and the two validators by which a client asks whether
 * it has changed (RFC 9110 §8.8).
 *
 * @param content the whole answer, status 200
 * @param etag in its quotation marks; strong: other bytes have another tag
 * @param lastModified to the second
 */
record Asset(Response content, String etag, Instant lastModified) {

  /** A file of the file system, if it is a regular one that can be read. */
  static Optional<Asset> ofFile(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      Instant modified = attributes.lastModifiedTime().toInstant();
      long nanos = ChronoUnit.NANOS.between(Instant.EPOCH, modified);
      String etag = "\"%x-%x\"".formatted(nanos, attributes.size());
      return Optional.of(of(Response.file(file), etag, modified));
    } catch (IOException | HttpException notThere) {
      return Optional.empty();
    }
  }

  /** A file that is held in memory. */
  static Asset ofBytes(String name, byte[] bytes, Instant modified) {
    String etag = '"' + HexFormat.of().formatHex(sha256(bytes), 0, 16) + '"';
    return of(Response.bytes(ContentTypes.of(name), bytes), etag, modified);
  }

  private static Asset of(Response content, String etag, Instant modified) {
    Instant now = Instant.now(); // §8.8.2.1: never later than the answer
    Instant past = (modified.isAfter(now) ? now : modified).truncatedTo(ChronoUnit.SECONDS);
    return new Asset(content, etag, past);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new AssertionError(everyPlatformHasIt);
    }
  }

  /** The content, or 304 if the client has it already (RFC 9110 §13.2.2). */
  Response answer(Request request) {
    Response answer = isKnownTo(request) ? Response.status(304) : content;
    return answer
        .header("ETag", etag)
        .header("Last-Modified", HttpDate.format(lastModified))
        .header(
            "Cache-Control", "no-cache"); // keep it, but ask each time: a new version shows at once
  }

  private boolean isKnownTo(Request request) {
    String tags = String.join(",", request.headers("If-None-Match"));
    if (!tags.isBlank()) {
      return isAmong(tags);
    }
    return request
        .header("If-Modified-Since")
        .flatMap(HttpDate::parse)
        .filter(since -> !lastModified.isAfter(since))
        .isPresent();
  }

  /** RFC 9110 §13.1.2: the comparison is the weak one. Our own tags have no commas. */
  private boolean isAmong(String tags) {
    for (String tag : tags.split(",")) {
      String candidate = tag.strip();
      if (candidate.equals("*") || candidate.equals(etag) || candidate.equals("W/" + etag)) {
        return true;
      }
    }
    return false;
  }
}
