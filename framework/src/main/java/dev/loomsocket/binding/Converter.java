package dev.loomsocket.binding;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns the text of a path or query parameter into a value of one type. */
final class Converter {
  private static final MethodType TYPE = MethodType.methodType(Object.class, String.class);
  private static final List<String> FACTORIES = List.of("valueOf", "parse", "fromString");
  private static final List<String> TIME_FACTORIES = List.of("parse", "of", "valueOf");
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  /** What the texts are that convert, for people: {@code a whole number of type int}. */
  private final String expected;

  private final MethodHandle handle;

  private Converter(String expected, MethodHandle handle) {
    this.expected = expected;
    this.handle = handle.asType(TYPE);
  }

  /** The converter for a type, if there is one. */
  static Optional<Converter> of(Class<?> type) {
    Class<?> box = MethodType.methodType(type).wrap().returnType();
    if (box == String.class) {
      return Optional.of(new Converter("text", MethodHandles.identity(String.class)));
    }
    if (box == Boolean.class || box == Character.class) {
      String name = box == Boolean.class ? "truth" : "character";
      return Optional.of(new Converter(expected(box), own(name, box)));
    }
    return factory(box).map(handle -> new Converter(expected(box), handle));
  }

  /** The value that the text stands for; empty if it stands for none. */
  Optional<Object> convert(String text) {
    try {
      return Optional.ofNullable((Object) handle.invokeExact(text));
    } catch (Exception notConvertible) {
      return Optional.empty();
    } catch (Throwable e) {
      throw Thrower.unchecked(e);
    }
  }

  String expected() {
    return expected;
  }

  private static String expected(Class<?> box) {
    if (box == Boolean.class) {
      return "true or false";
    }
    if (box == Character.class) {
      return "a single character";
    }
    if (box.isEnum()) {
      return Arrays.stream(box.getEnumConstants())
          .map(constant -> ((Enum<?>) constant).name())
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (Number.class.isAssignableFrom(box) && box.getPackageName().equals("java.lang")) {
      String kind =
          box == Double.class || box == Float.class
              ? "a number of type "
              : "a whole number of type ";
      return kind + MethodType.methodType(box).unwrap().returnType().getName();
    }
    return "a valid " + box.getSimpleName();
  }

  /**
   * A static method from text to the type itself; in java.time such a method takes a CharSequence,
   * or is {@code of}.
   */
  private static Optional<MethodHandle> factory(Class<?> type) {
    List<String> names = type.getPackageName().equals("java.time") ? TIME_FACTORIES : FACTORIES;
    for (String name : names) {
      for (Class<?> text : List.of(String.class, CharSequence.class)) {
        Optional<MethodHandle> found =
            Arrays.stream(type.getDeclaredMethods())
                .filter(method -> isFactory(method, name, text) && method.trySetAccessible())
                .findFirst()
                .map(Converter::unreflect);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isFactory(Method method, String name, Class<?> text) {
    return method.getName().equals(name)
        && Modifier.isStatic(method.getModifiers())
        && method.getParameterCount() == 1
        && method.getParameterTypes()[0] == text
        && method.getDeclaringClass().isAssignableFrom(method.getReturnType());
  }

  private static MethodHandle unreflect(Method method) {
    try {
      return LOOKUP.unreflect(method);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle own(String name, Class<?> type) {
    try {
      return LOOKUP.findStatic(Converter.class, name, MethodType.methodType(type, String.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Boolean.valueOf takes every text but "true" for false. */
  @SuppressWarnings("unused") // found by its name
  private static Boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException();
    };
  }

  @SuppressWarnings("unused") // found by its name
  private static Character character(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException();
    }
    return text.charAt(0);
  }
}
