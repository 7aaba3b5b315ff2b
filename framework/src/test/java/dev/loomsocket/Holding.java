package dev.loomsocket;

import dev.loomsocket.http.Response;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/** An application whose handlers hold their carrier until they are told to go on. */
final class Holding {
  /** Many more than there are carriers at first. */
  static final int HOLDERS = 40;

  private static final CountDownLatch GO = new CountDownLatch(1);

  private Holding() {}

  @WebSocketEndpoint("/echo")
  static final class Echo {
    @OnMessage
    String text(String text) {
      return text;
    }
  }

  @WebSocketEndpoint("/hold")
  static final class Hold {
    @OnMessage
    String text(String how) {
      hold(how);
      return how;
    }
  }

  /** Blocks as an old library might. */
  private static void hold(String how) {
    try {
      switch (how) {
        case "wait" -> waits();
        case "read" -> reads();
        case "enter" -> enters();
        default -> throw new IllegalArgumentException(how);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void waits() throws InterruptedException {
    synchronized (new Object()) {
      GO.await();
    }
  }

  private static void reads() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket reading = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket silent = server.accept()) {
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            try (silent) {
              GO.await();
            } catch (InterruptedException | IOException e) {
              // the reader goes on, too
            }
          });
      synchronized (reading) {
        reading.getInputStream().read();
      }
    }
  }

  private static void enters() throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    Object monitor = new Object();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          synchronized (monitor) {
            held.countDown();
            try {
              GO.await();
            } catch (InterruptedException e) {
              // whoever waits goes on, too
            }
          }
        });
    held.await();
    synchronized (monitor) {
      assert GO.getCount() == 0;
    }
  }

  /** A few of the application's own virtual threads do it. */
  private static Response holdAside() throws InterruptedException {
    for (int i = 0; i < HOLDERS; i++) {
      Thread.ofVirtual().start(() -> hold("wait"));
    }
    return Response.text("they do");
  }

  /** For longer than a carrier may be held before there is another one. */
  private static Response compute() {
    long end = System.nanoTime() + 200_000_000L;
    long rounds = 0;
    while (System.nanoTime() - end < 0) {
      rounds++;
    }
    return Response.text(rounds > 0 ? "done" : "too late");
  }

  public static void main(String[] args) {
    Warnings warnings = Warnings.take();
    Loomsocket.app(args)
        .endpoint(Echo.class)
        .endpoint(Hold.class)
        .get("/aside", request -> holdAside())
        .get("/compute", request -> compute())
        .get("/warnings", request -> Response.text(String.join("\n", warnings.messages())))
        .get(
            "/go",
            request -> {
              GO.countDown();
              return Response.text("they go on");
            })
        .run();
  }
}
