package dev.loomsocket.session;

import dev.loomsocket.net.Transport;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A transport whose peer takes everything at once, and sends nothing. */
final class BottomlessTransport implements Transport {
  @Override
  public int write(ByteBuffer bytes) {
    int count = bytes.remaining();
    bytes.position(bytes.limit());
    return count;
  }

  @Override
  public boolean awaitWritable(long timeout) {
    return true;
  }

  @Override
  public long now() {
    return 0;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return InetSocketAddress.createUnresolved("peer.test", 1);
  }

  @Override
  public void worked(int bytes) {}

  @Override
  public void unread(boolean bytes) {}

  @Override
  public void wake() {}

  @Override
  public void watch(Watch watch) {}

  @Override
  public void shutdownOutput() {}

  @Override
  public void cut() {}

  @Override
  public void close() {}

  @Override
  public int read(ByteBuffer to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean awaitReadable(long timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void start(Runnable task, Runnable otherwise) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void rest(long timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void soon(Runnable task) {
    throw new UnsupportedOperationException();
  }
}
