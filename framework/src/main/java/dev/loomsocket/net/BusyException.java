package dev.loomsocket.net;

import java.io.IOException;

/**
 * Too many connections wait in the middle of something, with bytes in hand that are of no use yet:
 * this one is given up.
 */
public final class BusyException extends IOException {
  private static final long serialVersionUID = 1;

  BusyException() {
    super("too many connections wait in the middle of something");
  }
}
