package dev.loomsocket.server;

/** A body whose length is known: nothing stands around its data. */
final class FixedBody implements RequestBody {
  private long left;

  FixedBody(long length) {
    this.left = length;
  }

  @Override
  public int frame(byte[] bytes, int pos, int limit) {
    return 0;
  }

  @Override
  public long data() {
    return left;
  }

  @Override
  public void took(int bytes) {
    left -= bytes;
  }

  @Override
  public boolean isComplete() {
    return left == 0;
  }
}
