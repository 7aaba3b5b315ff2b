package dev.loomsocket;

import java.lang.StackWalker.Option;

/**
 * Where an application begins.
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *   Loomsocket.run(args);      // every @WebSocketEndpoint of this package, and the files under /public
 * }
 * }</pre>
 */
public final class Loomsocket {
  private Loomsocket() {}

  /**
   * Serves every endpoint in the caller's package and below until the process is told to stop:
   * {@link App#run()} after {@link App#scan(Class)}.
   *
   * @param args of {@code main}: {@code --port=9000} and other settings
   */
  public static void run(String... args) {
    Class<?> caller = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE).getCallerClass();
    new App(args).scan(caller).run();
  }

  /**
   * An application to be put together.
   *
   * <pre>{@code
   * Loomsocket.app(args)
   *     .scan(Main.class)
   *     .get("/hello/{name}", request -> Response.text("Hello " + request.pathParam("name")))
   *     .run();
   * }</pre>
   *
   * @param args of {@code main}: {@code --port=9000} and other settings
   */
  public static App app(String... args) {
    return new App(args);
  }
}
