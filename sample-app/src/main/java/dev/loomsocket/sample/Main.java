package dev.loomsocket.sample;

import dev.loomsocket.App;
import dev.loomsocket.Loomsocket;

/** Starts the sample app: the chat page at {@code /}, {@link Chat} behind it, and {@link Echo}. */
public final class Main {
  private Main() {}

  /** Serves until it is stopped; {@code --port 9000} chooses another port. */
  public static void main(String[] args) {
    app(args).run();
  }

  /** The app, ready to start: a test starts it on a port of its own. */
  static App app(String... args) {
    return Loomsocket.app(args)
        .scan(Main.class) // finds the endpoints of this package
        .add(new Histories()); // goes to every constructor that asks for it
  }
}
