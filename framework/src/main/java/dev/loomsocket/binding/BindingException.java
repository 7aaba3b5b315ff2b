package dev.loomsocket.binding;

import java.util.List;

/** Says that the application cannot start, with every mistake of every endpoint in one report. */
public final class BindingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  BindingException(List<Problem> problems) {
    super(report(problems));
    this.problems = List.copyOf(problems);
  }

  /** The mistakes, in the order of the report. */
  public List<Problem> problems() {
    return problems;
  }

  private static String report(List<Problem> problems) {
    StringBuilder report = new StringBuilder("Loomsocket cannot start: ");
    report.append(problems.size()).append(problems.size() == 1 ? " mistake" : " mistakes");
    report.append(" in the endpoints\n");
    for (int i = 0; i < problems.size(); i++) {
      report.append('\n').append(i + 1).append(". ").append(problems.get(i)).append('\n');
    }
    return report.toString();
  }
}
