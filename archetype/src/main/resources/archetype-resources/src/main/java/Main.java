package ${package};

import dev.loomsocket.App;
import dev.loomsocket.Loomsocket;

/** Starts the server: the endpoints of this package and the files under {@code resources/public}. */
public final class Main {
  private Main() {}

  /** What runs; the tests start the same. */
  static App app(String... args) {
    return Loomsocket.app(args).scan(Main.class);
  }

  public static void main(String[] args) {
    app(args).run();
  }
}
