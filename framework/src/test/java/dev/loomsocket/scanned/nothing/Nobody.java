package dev.loomsocket.scanned.nothing;

/** A class in a package without any endpoint. */
public final class Nobody {
  private Nobody() {}
}
