package dev.loomsocket.server;

import dev.loomsocket.http.FormLimits;
import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.Multipart;
import dev.loomsocket.http.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is in the body of a request, in the form in which its handler wants it. */
final class RequestContent {
  private static final byte[] NOTHING = {};
  private static final String FORM = "application/x-www-form-urlencoded";

  private final @Nullable BodyInput body; // null: there is none
  private final String type; // as the client tells it

  // made when first asked for
  private @Nullable Map<String, List<String>> form;
  private byte @Nullable [] bytes; // all of them
  private @Nullable InputStream stream; // instead
  private @Nullable Multipart parts;

  RequestContent(@Nullable BodyInput body, String type) {
    this.body = body;
    this.type = type;
  }

  byte[] bytes() {
    if (bytes == null) {
      if (stream != null) {
        throw new IllegalStateException("the body of this request is read as a stream");
      }
      try {
        bytes = body == null ? NOTHING : body.bytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return bytes;
  }

  InputStream stream(long most) {
    if (stream == null) {
      stream = body == null || bytes != null ? new ByteArrayInputStream(bytes()) : body.limit(most);
    }
    return stream;
  }

  String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes())).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new HttpException(400, "the body is not UTF-8");
    }
  }

  Map<String, List<String>> form() {
    if (form == null) {
      form = body == null ? Map.of() : fields();
    }
    return form;
  }

  /** Without its parameters. */
  private String mediaType() {
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip();
  }

  private Map<String, List<String>> fields() {
    if (mediaType().equalsIgnoreCase(FORM)) {
      return QueryString.parse(text());
    }
    if (!Multipart.isForm(type)) {
      throw new HttpException(415, "the body is no form");
    }
    Map<String, List<String>> fields = new LinkedHashMap<>();
    long most = body == null ? 0 : body.mostInMemory();
    for (Part part : parts(FormLimits.DEFAULT.withTotal(most))) {
      if (part.fileName().isEmpty()) {
        fields.computeIfAbsent(part.name(), name -> new ArrayList<>(1)).add(part.text());
      }
    }
    fields.replaceAll((name, values) -> List.copyOf(values));
    return Collections.unmodifiableMap(fields);
  }

  List<Part> parts(FormLimits limits) {
    if (parts == null) {
      if (!Multipart.isForm(type)) {
        throw new HttpException(415, "the body is no multipart form");
      }
      if (stream != null) {
        throw new IllegalStateException("the body of this request is read as a stream");
      }
      try {
        if (body != null) {
          body.hold(Math.min(body.most(limits.total()), Multipart.MOST_IN_MEMORY));
        }
        parts = Multipart.read(stream(limits.total()), type, limits);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return parts.parts();
  }

  /** The request has been answered: what was kept for it is thrown away. */
  void release() {
    if (parts != null) {
      parts.close();
    }
    if (body != null) {
      body.release();
    }
  }

  <T> T json(Class<T> valueType, JsonReader reader) {
    String subtype = mediaType().toLowerCase(Locale.ROOT);
    if (!subtype.equals("application/json") && !subtype.endsWith("+json")) {
      throw new HttpException(415, "the body has to be application/json");
    }
    return valueType.cast(reader.read(text(), valueType));
  }
}
