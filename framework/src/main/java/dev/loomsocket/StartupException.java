package dev.loomsocket;

import java.util.List;

/** Says that an application could not start, with everything that is to be mended: one line for each problem. */
public final class StartupException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String[] problems; // serializable, unlike a List

  StartupException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = problems.toArray(String[]::new);
  }

  StartupException(String problem, Throwable cause) {
    super(problem, cause);
    this.problems = new String[] {problem};
  }

  /** A text for each problem: what is wrong and how to mend it. */
  public List<String> problems() {
    return List.of(problems);
  }
}
