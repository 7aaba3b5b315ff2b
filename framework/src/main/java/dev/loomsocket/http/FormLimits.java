package dev.loomsocket.http;

/**
 * How much of a multipart form is accepted; see {@link Request#parts(FormLimits)}.
 *
 * @param parts how many there may be; 413 above
 * @param head bytes of the header lines of one part; 431 above
 * @param fields bytes of all parts together that are no files, and are held in memory; 413 above
 * @param total bytes of the whole form, its files included; 413 above
 */
public record FormLimits(int parts, int head, int fields, long total) {

  /** 1,000 parts, 8 KiB for the head of each, 1 MiB of fields and 64 MiB in all. */
  public static final FormLimits DEFAULT = new FormLimits(1_000, 8 << 10, 1 << 20, 64L << 20);

  /** The same with another limit for the whole form. */
  public FormLimits withTotal(long bytes) {
    return new FormLimits(parts, head, fields, bytes);
  }
}
