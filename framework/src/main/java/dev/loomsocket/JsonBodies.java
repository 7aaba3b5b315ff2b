package dev.loomsocket;

import dev.loomsocket.http.HttpException;
import dev.loomsocket.json.Json;
import dev.loomsocket.json.JsonDecoder;
import dev.loomsocket.json.JsonException;
import dev.loomsocket.server.JsonReader;
import java.util.concurrent.ConcurrentHashMap;

/** Reads the JSON of requests. Thread-safe. */
final class JsonBodies implements JsonReader {
  private final ConcurrentHashMap<Class<?>, JsonDecoder> decoders = new ConcurrentHashMap<>();

  @Override
  public Object read(String text, Class<?> type) {
    try {
      return decoders.computeIfAbsent(type, Json::decoder).decode(text);
    } catch (JsonException e) {
      throw new HttpException(400, String.valueOf(e.getMessage()));
    }
  }
}
