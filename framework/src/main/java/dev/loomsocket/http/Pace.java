package dev.loomsocket.http;

/**
 * What the output of a {@link Response#stream} is too: it counts work, so that who has much of it
 * does not keep all others from its carrier. What is written is counted by itself; this is for work
 * of which little comes out, such as compressing.
 *
 * <pre>{@code
 * if (out instanceof Pace pace) {
 *   pace.worked(block.length);
 * }
 * }</pre>
 */
public interface Pace {
  /**
   * So much has been done as copying that many bytes is. After a MiB in a row this blocks until it
   * is this thread's turn again.
   */
  void worked(int bytes);
}
