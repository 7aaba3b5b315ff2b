package dev.loomsocket;

import java.util.List;

/**
 * Says that an application could not start, with everything that is to be mended: one line for each
 * problem.
 */
public final class StartupException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems; // nobody sends it anywhere

  StartupException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  StartupException(String problem, Throwable cause) {
    super(problem, cause);
    this.problems = List.of(problem);
  }

  /** A text for each problem: what is wrong and how to mend it. */
  public List<String> problems() {
    return problems;
  }
}
