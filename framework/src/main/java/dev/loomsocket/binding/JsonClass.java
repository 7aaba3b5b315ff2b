package dev.loomsocket.binding;

import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

/** What a class tells of the JSON that becomes it. */
final class JsonClass {
  static final String JACKSON = "tools.jackson.";

  private JsonClass() {}

  /** True if its JSON is an object, or may be one. */
  static boolean isObject(Class<?> type) {
    return !type.isArray()
        && !type.isPrimitive()
        && !type.isEnum()
        && !Collection.class.isAssignableFrom(type)
        && (!isOfLibrary(type) || isAnyObject(type));
  }

  /** True if every object becomes it. */
  static boolean isAnyObject(Class<?> type) {
    return type == Object.class
        || Map.class.isAssignableFrom(type)
        || type.getName().startsWith(JACKSON);
  }

  static boolean isOfLibrary(Class<?> type) {
    return type.getName().startsWith("java.") || type.getName().startsWith(JACKSON);
  }

  /** True if it cannot be made, and nothing says what can be made instead. */
  static boolean isOpenAbstract(Class<?> type) {
    return Modifier.isAbstract(type.getModifiers())
        && !type.isSealed()
        && !type.isArray()
        && !type.isPrimitive();
  }

  /** True if it stands for the classes that it permits. */
  static boolean isSealed(Class<?> type) {
    return type.isSealed() && !type.isEnum() && !isOfLibrary(type) && !isMappedByAnnotations(type);
  }

  /**
   * True if the class tells Jackson itself how to read it; known by name, so that Jackson stays
   * unloaded.
   */
  static boolean isMappedByAnnotations(Class<?> type) {
    return Arrays.stream(type.getAnnotations())
        .map(Annotation::annotationType)
        .anyMatch(annotation -> annotation.getPackageName().contains(".jackson."));
  }
}
