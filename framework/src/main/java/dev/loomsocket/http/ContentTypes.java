package dev.loomsocket.http;

import java.util.Locale;
import java.util.Map;

/** The content types of files, by the extension of their names. */
final class ContentTypes {
  private static final String UNKNOWN = "application/octet-stream";
  private static final String UTF_8 = "; charset=utf-8";
  private static final Map<String, String> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("avif", "image/avif"),
          Map.entry("css", "text/css" + UTF_8),
          Map.entry("csv", "text/csv" + UTF_8),
          Map.entry("gif", "image/gif"),
          Map.entry("gz", "application/gzip"),
          Map.entry("htm", "text/html" + UTF_8),
          Map.entry("html", "text/html" + UTF_8),
          Map.entry("ico", "image/x-icon"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("js", "text/javascript" + UTF_8),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("md", "text/markdown" + UTF_8),
          Map.entry("mjs", "text/javascript" + UTF_8),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("ogg", "audio/ogg"),
          Map.entry("otf", "font/otf"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("png", "image/png"),
          Map.entry("svg", "image/svg+xml" + UTF_8),
          Map.entry("ttf", "font/ttf"),
          Map.entry("txt", "text/plain" + UTF_8),
          Map.entry("wasm", "application/wasm"),
          Map.entry("wav", "audio/wav"),
          Map.entry("webm", "video/webm"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("webp", "image/webp"),
          Map.entry("woff", "font/woff"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("xml", "text/xml" + UTF_8),
          Map.entry("zip", "application/zip"));

  private ContentTypes() {}

  static String of(String fileName) {
    if (fileName.endsWith(".d.ts")) {
      return "text/plain" + UTF_8; // TypeScript's declarations are to be read; other .ts is film
    }
    String extension = fileName.substring(fileName.lastIndexOf('.') + 1);
    return BY_EXTENSION.getOrDefault(extension.toLowerCase(Locale.ROOT), UNKNOWN);
  }

  /** True for what is made of characters, and so becomes smaller when it is compressed. */
  static boolean isText(String contentType) {
    return contentType.startsWith("text/")
        || contentType.startsWith("image/svg")
        || contentType.equals("application/json")
        || contentType.equals("application/manifest+json")
        || contentType.equals("application/wasm");
  }
}
