package dev.loomsocket;

import dev.loomsocket.http.StaticFiles;

/**
 * The script with which pages connect, {@code /loomsocket.js}, and its types, {@code
 * /loomsocket.d.ts}. Every app serves them, behind all that it serves of its own.
 */
final class BrowserClient {
  /** No name of a package, so that the module's walls do not hide what is in it. */
  private static final String FOLDER = "/META-INF/loomsocket";

  private BrowserClient() {}

  static StaticFiles files() {
    return StaticFiles.fromClassPath(FOLDER, BrowserClient.class.getClassLoader());
  }
}
