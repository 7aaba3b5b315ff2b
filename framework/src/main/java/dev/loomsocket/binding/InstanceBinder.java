package dev.loomsocket.binding;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the handle that gives each connection its instance: {@code () Object}. */
final class InstanceBinder {
  private static final MethodType TYPE = MethodType.methodType(Object.class);

  private final Services services;
  private final Problems problems;

  InstanceBinder(Services services, Problems problems) {
    this.services = services;
    this.problems = problems;
  }

  /** Gives all connections the same instance. */
  static MethodHandle shared(Object instance) {
    return MethodHandles.constant(Object.class, instance);
  }

  /**
   * Makes an instance for each connection; empty if there is a mistake, which has been reported.
   */
  Optional<MethodHandle> perConnection(Class<?> type) {
    String kind = kindThatCannotBeMade(type);
    if (!kind.isEmpty()) {
      problems.add(
          type.getName(),
          "it is " + kind + ": no connection can get an instance of it",
          "classes and records that are top-level or static",
          kind.startsWith("an inner")
              ? "add the word static, or hand an instance over with app.add(...) for all connections"
              : "annotate a class that implements or extends it instead");
      return Optional.empty();
    }
    Constructor<?>[] constructors = type.getDeclaredConstructors();
    if (constructors.length > 1) {
      problems.add(
          type.getName(),
          "it has " + constructors.length + " constructors, and nothing says which one is meant",
          "a single constructor, whose parameters are services",
          "leave one of them");
      return Optional.empty();
    }
    return bind(constructors[0]);
  }

  private static String kindThatCannotBeMade(Class<?> type) {
    if (type.isInterface()) {
      return "an interface";
    }
    if (type.isEnum()) {
      return "an enum";
    }
    boolean isInner = type.isMemberClass() || type.isLocalClass() || type.isAnonymousClass();
    if (isInner && !Modifier.isStatic(type.getModifiers()) && !type.isRecord()) {
      return "an inner class, whose instances need one of the class around it";
    }
    return Modifier.isAbstract(type.getModifiers()) ? "abstract" : "";
  }

  private Optional<MethodHandle> bind(Constructor<?> constructor) {
    List<Object> arguments = new ArrayList<>();
    Parameter[] parameters = constructor.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      service(constructor, i).ifPresent(arguments::add);
    }
    if (arguments.size() < parameters.length) {
      return Optional.empty();
    }
    if (!constructor.trySetAccessible()) {
      problems.addNotOpen(Problems.where(constructor), constructor.getDeclaringClass());
      return Optional.empty();
    }
    try {
      MethodHandle handle = MethodHandles.lookup().unreflectConstructor(constructor);
      return Optional.of(
          MethodHandles.insertArguments(handle, 0, arguments.toArray()).asType(TYPE));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<Object> service(Constructor<?> constructor, int index) {
    Parameter parameter = constructor.getParameters()[index];
    String where = Problems.where(constructor);
    String described = Problems.parameter(parameter, index, parameter.getType());
    List<Object> fitting = services.of(parameter.getType());
    if (fitting.isEmpty()) {
      problems.add(
          where,
          "no service fills " + described + " of the constructor",
          "services that are handed over with app.add(...); values of the URL go to @OnHandshake and @OnOpen methods",
          "hand a "
              + parameter.getType().getSimpleName()
              + " over with app.add(...), or remove the parameter");
    } else if (fitting.size() > 1) {
      Services.addAmbiguous(problems, where, described, fitting);
    }
    return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
  }
}
