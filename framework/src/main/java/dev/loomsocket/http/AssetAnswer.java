package dev.loomsocket.http;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What one request for a static file is answered: the file, a part of it, a smaller form of it, or
 * that the client has it already (RFC 9110 §12 to §15).
 */
final class AssetAnswer {
  /** Less than that does not become so much smaller that it is worth it. */
  private static final int LEAST_TO_COMPRESS = 1024;

  /** More than that would be a second's work for each request: put a {@code .gz} beside it. */
  private static final int MOST_TO_COMPRESS = 32 << 20;

  /** More than that is compressed while it is sent, and not in memory. */
  private static final int MOST_IN_MEMORY = 1 << 20;

  private final Request request;
  private final Asset asset;
  private final String cacheControl;

  AssetAnswer(Request request, Asset asset, String cacheControl) {
    this.request = request;
    this.asset = asset;
    this.cacheControl = cacheControl;
  }

  /** A form of the file that can be sent. */
  private record Form(String etag, Supplier<Response> whole) {}

  /**
   * The answer.
   *
   * @param smaller finds the file that somebody has made smaller in a coding
   */
  Response get(Function<ContentCoding, Optional<Asset>> smaller) {
    boolean compressible = ContentTypes.isText(asset.contentType());
    Form form = compressible ? choose(smaller) : plain();
    Response answer = answer(form);
    answer =
        answer
            .header("ETag", form.etag)
            .header("Last-Modified", HttpDate.format(asset.lastModified()))
            .header("Cache-Control", cacheControl);
    return compressible ? answer.header("Vary", "Accept-Encoding") : answer;
  }

  private Form plain() {
    return new Form(
        asset.etag(),
        () ->
            Response.of(asset.contentType(), asset.content().body())
                .header("Accept-Ranges", "bytes"));
  }

  /** Who asks for a part means a part of the plain file. */
  private Form choose(Function<ContentCoding, Optional<Asset>> smaller) {
    if (request.header("Range").isPresent()) {
      return plain();
    }
    String accepted = String.join(",", request.headers("Accept-Encoding"));
    for (ContentCoding coding : ContentCoding.accepted(accepted)) {
      Optional<Asset> made =
          smaller.apply(coding).filter(a -> !a.lastModified().isBefore(asset.lastModified()));
      if (made.isPresent()) {
        return coded(coding, made.get().etag(coding), made.get().content()::body);
      }
      if (coding == ContentCoding.GZIP && isWorthIt(asset.content().size())) {
        return coded(coding, asset.etag(coding), this::gzipped);
      }
    }
    return plain();
  }

  private static boolean isWorthIt(long size) {
    return size >= LEAST_TO_COMPRESS && size <= MOST_TO_COMPRESS;
  }

  private Form coded(ContentCoding coding, String etag, Supplier<Response.Body> body) {
    return new Form(
        etag,
        () ->
            Response.of(asset.contentType(), body.get())
                .header("Content-Encoding", coding.token()));
  }

  private Response.Body gzipped() {
    return asset.content().size() > MOST_IN_MEMORY
        ? new Response.Body.Stream(asset::gzip, -1)
        : asset.gzipped().body();
  }

  /** RFC 9110 §13.2.2: in this order. */
  private Response answer(Form form) {
    String match = String.join(",", request.headers("If-Match"));
    if (match.isBlank()
        ? isModifiedSince("If-Unmodified-Since")
        : !isAmong(match, form.etag, false)) {
      return Response.status(412);
    }
    String noneMatch = String.join(",", request.headers("If-None-Match"));
    if (noneMatch.isBlank()
        ? date("If-Modified-Since").isPresent() && !isModifiedSince("If-Modified-Since")
        : isAmong(noneMatch, form.etag, true)) {
      return Response.status(304);
    }
    Optional<String> range = request.header("Range").filter(header -> isRangeWanted());
    return range.flatMap(this::ranges).map(this::part).orElseGet(form.whole);
  }

  private Optional<Instant> date(String header) {
    return request.header(header).flatMap(HttpDate::parse);
  }

  private boolean isModifiedSince(String header) {
    return date(header).filter(asset.lastModified()::isAfter).isPresent();
  }

  /** §13.1.1, §13.1.2: our own tags have no commas, and all are strong. */
  private static boolean isAmong(String tags, String etag, boolean weak) {
    for (String tag : tags.split(",")) {
      String candidate = tag.strip();
      boolean same = candidate.equals(etag) || weak && candidate.equals("W/" + etag);
      if (candidate.equals("*") || same) {
        return true;
      }
    }
    return false;
  }

  /** §13.1.5: a part is of use only to who has other parts of the same file. §14.2: only GET. */
  private boolean isRangeWanted() {
    Optional<String> condition = request.header("If-Range");
    boolean holds =
        condition.isEmpty()
            || condition.get().equals(asset.etag())
            || isOldEnough()
                && HttpDate.parse(condition.get()).filter(asset.lastModified()::equals).isPresent();
    return holds && request.method().equals("GET");
  }

  /** §8.8.2.2: within its second a file may change again, and its date stays. */
  private boolean isOldEnough() {
    return asset.lastModified().isBefore(Instant.now().minusSeconds(1));
  }

  private Optional<List<ByteRange>> ranges(String header) {
    return ByteRange.parse(header, asset.content().size());
  }

  private Response part(List<ByteRange> ranges) {
    long size = asset.content().size();
    if (ranges.isEmpty()) {
      return Response.text("there are " + size + " bytes\n")
          .withStatus(416)
          .header("Content-Range", "bytes */" + size);
    }
    if (ranges.size() > 1) {
      return parts(ranges);
    }
    ByteRange range = ranges.getFirst();
    Response.Body slice = asset.content().slice(range.from(), range.length());
    return Response.of(asset.contentType(), slice)
        .withStatus(206)
        .header("Accept-Ranges", "bytes")
        .header("Content-Range", range.of(size));
  }

  /** §14.6. */
  private Response parts(List<ByteRange> ranges) {
    String boundary = UUID.randomUUID().toString();
    List<byte[]> heads = new ArrayList<>();
    long length = 0;
    for (ByteRange range : ranges) {
      String head =
          "\r\n--%s\r\nContent-Type: %s\r\nContent-Range: %s\r\n\r\n"
              .formatted(boundary, asset.contentType(), range.of(asset.content().size()));
      heads.add(head.getBytes(StandardCharsets.US_ASCII));
      length += heads.getLast().length + range.length();
    }
    byte[] end = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
    BodyWriter writer =
        (OutputStream out) -> {
          for (int i = 0; i < heads.size(); i++) {
            out.write(heads.get(i));
            asset.content().writeTo(out, ranges.get(i).from(), ranges.get(i).length());
          }
          out.write(end);
        };
    return Response.stream(
            "multipart/byteranges; boundary=" + boundary, length + end.length, writer)
        .withStatus(206);
  }
}
