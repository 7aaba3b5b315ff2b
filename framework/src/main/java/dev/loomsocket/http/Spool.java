package dev.loomsocket.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Bytes that are in memory as long as they are few, and then in a temporary file. */
final class Spool extends OutputStream {
  private final int mostInMemory;
  private ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable Path file;
  private @Nullable OutputStream toFile; // while it is written
  private long size;

  /** An empty one that keeps so many bytes in memory. */
  Spool(int mostInMemory) {
    this.mostInMemory = mostInMemory;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    size += length;
    if (size <= mostInMemory) {
      memory.write(bytes, from, length);
      return;
    }
    OutputStream out = toFile;
    if (out == null) {
      Path made = Files.createTempFile("loomsocket-", ".part"); // for this user's eyes only
      file = made;
      toFile = out = Files.newOutputStream(made);
      memory.writeTo(out);
      memory = new ByteArrayOutputStream(0);
    }
    out.write(bytes, from, length);
  }

  /** Nothing more is written. */
  @Override
  public void close() throws IOException {
    if (toFile != null) {
      toFile.close();
    }
  }

  long size() {
    return size;
  }

  /** How many bytes are in memory. */
  int inMemory() {
    return memory.size();
  }

  byte[] memory() {
    return memory.toByteArray();
  }

  /** Where the bytes are; null if in memory. */
  @Nullable Path file() {
    return file;
  }

  /** Deletes the file, if it is still there. */
  void delete() throws IOException {
    close();
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
