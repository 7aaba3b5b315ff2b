package dev.loomsocket.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The bytes of a static file, wherever they are. */
sealed interface Content {
  int BLOCK = 64 * 1024;

  /** How many there are. */
  long size();

  /** All of them, from the first on; to be closed. */
  InputStream stream() throws IOException;

  /** A response with some of them. */
  Response.Body slice(long from, long length);

  /** Writes some of them. */
  void writeTo(OutputStream out, long from, long length) throws IOException;

  /** All of them as a response. */
  default Response.Body body() {
    return slice(0, size());
  }

  /**
   * Those of an array.
   *
   * @param kept true if it is there for as long as the server runs
   */
  record InMemory(byte[] bytes, boolean kept) implements Content {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public InputStream stream() {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public Response.Body slice(long from, long length) {
      boolean all = length == bytes.length;
      return new Response.Body.Bytes(
          all ? bytes : Arrays.copyOfRange(bytes, (int) from, (int) (from + length)), all && kept);
    }

    @Override
    public void writeTo(OutputStream out, long from, long length) throws IOException {
      out.write(bytes, (int) from, (int) length);
    }
  }

  /** Those of a file that had so many bytes. */
  record OnDisk(Path file, long size) implements Content {
    @Override
    public InputStream stream() throws IOException {
      return Files.newInputStream(file);
    }

    @Override
    public Response.Body slice(long from, long length) {
      return new Response.Body.FileRange(file, from, length);
    }

    @Override
    public void writeTo(OutputStream out, long from, long length) throws IOException {
      ByteBuffer block = ByteBuffer.allocate((int) Math.min(BLOCK, length));
      try (FileChannel channel = FileChannel.open(file)) {
        for (long at = from; at < from + length; ) {
          int wanted = (int) Math.min(block.capacity(), from + length - at);
          int n = channel.read(block.clear().limit(wanted), at);
          if (n < 0) {
            throw new IOException(file + " became shorter while it was sent");
          }
          out.write(block.array(), 0, n);
          at += n;
        }
      }
    }
  }
}
