package dev.loomsocket.binding;

import java.util.Collection;
import java.util.List;

/** The objects that the application hands over, found by type. */
final class Services {
  private final List<Object> services;

  Services(Collection<?> services) {
    this.services = List.copyOf(services);
  }

  /**
   * The services that can be passed as the type: those of exactly this class if there are any.
   * Nothing asks for just any {@code Object}.
   */
  List<Object> of(Class<?> type) {
    if (type == Object.class) {
      return List.of();
    }
    List<Object> exact = services.stream().filter(each -> each.getClass() == type).toList();
    return exact.isEmpty() ? services.stream().filter(type::isInstance).toList() : exact;
  }

  /** Reports that more than one service can be passed as the parameter. */
  static void addAmbiguous(
      Problems problems, String where, String parameter, List<Object> services) {
    List<String> names = services.stream().map(each -> each.getClass().getName()).toList();
    problems.add(
        where,
        names.size() + " services fit " + parameter + ": " + String.join(", ", names),
        "one service for each type that is asked for",
        "ask for one of these classes, or hand over only one of them with app.add(...)");
  }
}
