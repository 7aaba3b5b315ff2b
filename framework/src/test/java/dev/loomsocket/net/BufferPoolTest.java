package dev.loomsocket.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BufferPoolTest {
  @Test
  void aBufferIsEmptyAndBackedByAnArray() {
    ByteBuffer buffer = new BufferPool(1).borrow();
    assertTrue(buffer.hasArray());
    assertEquals(0, buffer.position());
    assertEquals(BufferPool.BUFFER_SIZE, buffer.remaining());
  }

  @Test
  void whatComesBackIsLentAgainAndEmpty() {
    BufferPool pool = new BufferPool(1);
    ByteBuffer buffer = pool.borrow();
    pool.giveBack(buffer.put((byte) 1).flip());
    assertSame(buffer, pool.borrow());
    assertEquals(BufferPool.BUFFER_SIZE, buffer.remaining());
  }

  @Test
  void theLastOneBackIsLentFirst() {
    BufferPool pool = new BufferPool(2);
    ByteBuffer one = pool.borrow();
    ByteBuffer two = pool.borrow();
    pool.giveBack(one);
    pool.giveBack(two);
    assertSame(two, pool.borrow());
    assertSame(one, pool.borrow());
  }

  @Test
  void keepsNoMoreThanItsCapacity() {
    BufferPool pool = new BufferPool(1);
    ByteBuffer one = pool.borrow();
    ByteBuffer two = pool.borrow();
    pool.giveBack(one);
    pool.giveBack(two);
    assertSame(one, pool.borrow());
    assertNotSame(two, pool.borrow());
  }

  @Test
  void aBufferOutsideOfTheHeapIsLentAgain() {
    BufferPool pool = new BufferPool(2);
    ByteBuffer buffer = pool.borrowOutside();
    assertTrue(buffer.isDirect());
    assertEquals(BufferPool.BUFFER_SIZE, buffer.remaining());
    pool.giveBack(buffer.put((byte) 1).flip());
    assertSame(buffer, pool.borrowOutside());
    assertEquals(BufferPool.BUFFER_SIZE, buffer.remaining());
  }

  @Test
  void makesNoMoreThanItsCapacityOutsideOfTheHeap() {
    BufferPool pool = new BufferPool(1);
    ByteBuffer outside = pool.borrowOutside();
    ByteBuffer another = pool.borrowOutside();
    assertTrue(another.hasArray());
    pool.giveBack(another);
    pool.giveBack(outside);
    assertSame(outside, pool.borrowOutside());
    assertSame(another, pool.borrowOutside());
  }

  @Test
  void takesNoBufferOfAnotherSize() {
    BufferPool pool = new BufferPool(1);
    pool.giveBack(ByteBuffer.allocate(2 * BufferPool.BUFFER_SIZE));
    assertEquals(BufferPool.BUFFER_SIZE, pool.borrow().capacity());
  }

  @Test
  void takesNoBufferThatMayNotBeWritten() {
    BufferPool pool = new BufferPool(1);
    pool.giveBack(ByteBuffer.allocate(BufferPool.BUFFER_SIZE).asReadOnlyBuffer());
    assertTrue(pool.borrow().hasArray());
  }

  @Test
  void noBufferIsLentToTwoThreads() throws InterruptedException {
    BufferPool pool = new BufferPool(3);
    AtomicInteger mistakes = new AtomicInteger();
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      byte mark = (byte) i;
      threads[i] = Thread.startVirtualThread(() -> borrowOften(pool, mark, mistakes));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(0, mistakes.get());
  }

  private static void borrowOften(BufferPool pool, byte mark, AtomicInteger mistakes) {
    for (int i = 0; i < 2_000; i++) {
      ByteBuffer buffer = (i % 2 == 0 ? pool.borrow() : pool.borrowOutside()).put(mark);
      Thread.yield();
      if (buffer.position() != 1 || buffer.get(0) != mark) {
        mistakes.incrementAndGet();
      }
      pool.giveBack(buffer);
    }
  }
}
