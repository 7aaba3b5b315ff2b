package dev.loomsocket.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One field or file of a multipart form (RFC 7578). What is large is in a temporary file, which is
 * deleted when the request has been answered: take what is to stay with {@link #saveTo}.
 */
public final class Part {
  private final String name;
  private final Optional<String> fileName;
  private final String contentType;
  private final Spool content;

  Part(String name, Optional<String> fileName, String contentType, Spool content) {
    this.name = name;
    this.fileName = fileName;
    this.contentType = contentType;
    this.content = content;
  }

  /** The name of the form's field. */
  public String name() {
    return name;
  }

  /**
   * The name that a file has at the client, without the directories that some tell; empty for a
   * field that is no file. It is the empty string if the person has chosen no file. It is what a
   * stranger has written: never make a path of it without a look.
   */
  public Optional<String> fileName() {
    return fileName;
  }

  /** The content type as the client tells it; {@code text/plain} if it does not (§4.4). */
  public String contentType() {
    return contentType;
  }

  /** The number of bytes. */
  public long size() {
    return content.size();
  }

  /** The content from its beginning; to be closed. */
  public InputStream stream() throws IOException {
    Path file = content.file();
    return file == null ? new ByteArrayInputStream(content.memory()) : Files.newInputStream(file);
  }

  /** The whole content in memory. */
  public byte[] bytes() {
    try (InputStream in = stream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The content as UTF-8 text.
   *
   * @throws HttpException 400 if it is none
   */
  public String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes())).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new HttpException(400, "a field of the form is not UTF-8");
    }
  }

  /**
   * Writes the content to a new file, which gets the permissions that new files have here.
   *
   * @throws IOException if there is such a file already, or it cannot be written
   */
  public void saveTo(Path target) throws IOException {
    try (InputStream in = stream()) {
      Files.copy(in, target);
    }
  }
}
