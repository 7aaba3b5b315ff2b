package dev.loomsocket.wire;

import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * What compression needs besides a connection's own state, lent for the time of a message: zlib's
 * deflaters (some 270 KB of native memory each) and inflaters (some 40 KB), and arrays to work in.
 * So an idle connection holds none of them. Thread-safe; a server has one.
 */
public final class DeflatePools implements AutoCloseable {
  /**
   * The size of the arrays to work in: most messages fit, before and after compression. One of 16
   * KiB leaves some room, which shows that it is complete.
   */
  static final int SCRATCH_SIZE = 16 * 1024 + 64;

  private final List<Pool<Deflater>> deflaters; // by level
  private final Pool<Inflater> inflaters;
  private final Pool<byte[]> scratch;

  /**
   * Empty pools.
   *
   * @param capacity how many idle ones of each kind are kept for the next message; more than are
   *     used at one time, that is about the processors, brings nothing
   */
  public DeflatePools(int capacity) {
    // "nowrap" is the raw format, without zlib's own header and checksum (RFC 7692 §7.2)
    deflaters =
        IntStream.rangeClosed(Deflater.NO_COMPRESSION, Deflater.BEST_COMPRESSION)
            .mapToObj(level -> deflaters(capacity, level))
            .toList();
    inflaters = new Pool<>(capacity, () -> new Inflater(true), Inflater::reset, Inflater::end);
    scratch = new Pool<>(capacity, () -> new byte[SCRATCH_SIZE], used -> {}, unused -> {});
  }

  private static Pool<Deflater> deflaters(int capacity, int level) {
    return new Pool<>(capacity, () -> new Deflater(level, true), Deflater::reset, Deflater::end);
  }

  Pool<Deflater> deflaters(int level) {
    return deflaters.get(level);
  }

  Pool<Inflater> inflaters() {
    return inflaters;
  }

  Pool<byte[]> scratch() {
    return scratch;
  }

  /** Frees the native memory of what is idle, and later of what comes back. */
  @Override
  public void close() {
    deflaters.forEach(Pool::close);
    inflaters.close();
  }
}
