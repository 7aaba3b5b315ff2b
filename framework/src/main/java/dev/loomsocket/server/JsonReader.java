package dev.loomsocket.server;

import dev.loomsocket.http.HttpException;

/** What makes values of JSON texts. Thread-safe. */
@FunctionalInterface
public interface JsonReader {

  /**
   * The value of that type that a text stands for.
   *
   * @throws HttpException 400 if it stands for none; the message says where
   */
  Object read(String text, Class<?> type);
}
