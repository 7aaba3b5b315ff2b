package ${package};

import dev.loomsocket.Loomsocket;

/** Starts the server: the endpoints of this package and the files under {@code resources/public}. */
public final class App {
  private App() {}

  public static void main(String[] args) {
    Loomsocket.run(args);
  }
}
