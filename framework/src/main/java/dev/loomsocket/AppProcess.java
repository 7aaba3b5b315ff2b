package dev.loomsocket;

import java.util.List;

/** A process that is one application, from its arguments to its status. */
record AppProcess(App app) {

  /** See {@link App#run}. */
  void run() {
    if (List.of(app.arguments).contains("--help")) {
      Setting.help().forEach(System.out::println);
      System.exit(0);
    }
    RunningApp running;
    try {
      running = new Launch(app).run();
    } catch (StartupException e) {
      e.problems().forEach(System.err::println);
      System.exit(1);
      return;
    }
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running), "loomsocket-stop"));
    } catch (IllegalStateException stoppedWhileStarting) {
      running.close();
      return;
    }
    running.banner().forEach(System.out::println);
    try {
      running.await();
    } catch (InterruptedException e) {
      running.close();
    }
  }

  private static void stop(RunningApp running) {
    running.close();
    System.out.println("Loomsocket has stopped");
  }
}
