package dev.loomsocket.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A two-way stream of bytes to one peer: waiting is one method, reading and writing never block.
 *
 * <p>One thread at a time waits and reads, mostly the one that {@link #start} made; one thread at a
 * time writes. The two may be different ones. {@link #wake}, {@link #soon} and {@link #close} may
 * be called by any thread.
 */
public interface Transport extends AutoCloseable {
  /** The timeout that never passes. */
  long FOREVER = Long.MAX_VALUE;

  /**
   * Runs the task in a virtual thread of its own, which is the first that may wait and read. Called
   * once.
   *
   * @param otherwise what to run instead if no thread can be had; the transport is closed then
   */
  void start(Runnable task, Runnable otherwise);

  /**
   * Lets go of the present thread, of which this is the last call: the task of {@link #start} runs
   * again, in another one, as soon as {@link #awaitReadable} would have returned. Until then the
   * connection has no thread, and so none whose stack is kept for it.
   *
   * @param timeout nanoseconds, observed to a quarter of a second
   */
  void rest(long timeout);

  /**
   * Waits until bytes or the end of the stream can be read. Now and then it is wrong: then {@link
   * #read} finds nothing.
   *
   * @param timeout nanoseconds, observed to a quarter of a second
   * @return false when the timeout passed or {@link #wake} was called
   */
  boolean awaitReadable(long timeout);

  /**
   * Reads what is there into the room between position and limit.
   *
   * @return the number of bytes, 0 when there are none, −1 at the end of the stream
   */
  int read(ByteBuffer to) throws IOException;

  /** Makes the present or the next {@link #awaitReadable} return false. */
  void wake();

  /**
   * Writes as much as the peer's side takes now.
   *
   * @return the number of bytes, 0 when it takes none
   */
  int write(ByteBuffer bytes) throws IOException;

  /**
   * Waits until the peer's side takes a fair amount of bytes again, or the connection is closed.
   *
   * @param timeout nanoseconds, observed to a quarter of a second
   * @return false when the timeout passed; a few bytes may go nevertheless
   */
  boolean awaitWritable(long timeout);

  /**
   * Runs a short task that does not block as soon as the present ones let it, in a thread of the
   * transport's.
   */
  void soon(Runnable task);

  /** Lets somebody look at the connection a few times a second. Set once, by who reads. */
  void watch(Watch watch);

  /** Who looks at a connection now and then, in a thread of the transport's; it does not block. */
  interface Watch {
    /**
     * Looks.
     *
     * @param inputWaits true if input has been waiting for at least a fifth of a second
     */
    void look(boolean inputWaits);
  }

  /**
   * Tells whether bytes that were read have not been dealt with: they count as input that waits.
   */
  void unread(boolean bytes);

  /**
   * Tells of so many bytes that this thread has dealt with, while it holds nothing that others wait
   * for. After very many without a wait it is made to wait for its next turn: what a fast peer
   * takes as soon as it is sent, or what a few compressed bytes unfold to, would keep everybody
   * else from the carrier.
   */
  void worked(int bytes);

  /** Tells the peer that nothing more comes; reading goes on. */
  void shutdownOutput() throws IOException;

  /** A clock in nanoseconds, up to a quarter of a second slow, that costs nothing to read. */
  long now();

  /** Where the peer is. */
  InetSocketAddress remoteAddress();

  /** True until {@link #close}. */
  boolean isOpen();

  /**
   * Ends the connection with a reset, which no peer takes for an orderly end; else as {@link
   * #close}.
   */
  void cut();

  /** Ends the connection; whoever waits goes on. Closing twice does nothing. */
  @Override
  void close();
}
