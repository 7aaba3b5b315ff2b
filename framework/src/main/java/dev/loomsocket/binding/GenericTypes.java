package dev.loomsocket.binding;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the type variables of a type's supertypes stand for in that type: with {@code class Chat
 * extends Base<Line>}, the parameter of {@code Base.on(T)} is a {@code Line}.
 */
final class GenericTypes {
  private final Map<TypeVariable<?>, Type> meanings = new HashMap<>();

  GenericTypes(Type type) {
    learn(type);
  }

  private void learnSupertypes(Class<?> type) {
    if (type.getGenericSuperclass() != null) {
      learn(type.getGenericSuperclass());
    }
    for (Type parent : type.getGenericInterfaces()) {
      learn(parent);
    }
  }

  private void learn(Type type) {
    if (type instanceof ParameterizedType generic) {
      TypeVariable<?>[] variables = raw(type).getTypeParameters();
      for (int i = 0; i < variables.length; i++) {
        meanings.put(variables[i], resolve(generic.getActualTypeArguments()[i]));
      }
    }
    learnSupertypes(raw(type));
  }

  /**
   * The type with every variable replaced by what it stands for; one that stands for nothing, by
   * its bound.
   */
  Type resolve(Type type) {
    return switch (type) {
      case TypeVariable<?> variable -> {
        Type meaning = meanings.get(variable);
        yield meaning == null ? raw(variable) : meaning;
      }
      case WildcardType wildcard -> resolve(wildcard.getUpperBounds()[0]);
      case ParameterizedType generic ->
          new Generic(
              raw(generic),
              generic.getOwnerType(),
              Arrays.stream(generic.getActualTypeArguments()).map(this::resolve).toList());
      case GenericArrayType array -> {
        Type component = resolve(array.getGenericComponentType());
        yield component instanceof Class<?> plain ? plain.arrayType() : new ArrayOf(component);
      }
      default -> type;
    };
  }

  /** The classes of a method's parameters as they are in this class. */
  List<Class<?>> parameterClasses(Method method) {
    return Arrays.stream(method.getGenericParameterTypes())
        .<Class<?>>map(type -> raw(resolve(type)))
        .toList();
  }

  /** The class that a value of the type has at least. */
  static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic -> (Class<?>) generic.getRawType();
      case GenericArrayType array ->
          Array.newInstance(raw(array.getGenericComponentType()), 0).getClass();
      case TypeVariable<?> variable -> raw(variable.getBounds()[0]);
      case WildcardType wildcard -> raw(wildcard.getUpperBounds()[0]);
      default -> Object.class;
    };
  }

  /** The type as it is written in source, without packages: {@code List<Line>}. */
  static String name(Type type) {
    return switch (type) {
      case Class<?> plain -> plain.getSimpleName();
      case ParameterizedType generic ->
          raw(generic).getSimpleName()
              + Arrays.stream(generic.getActualTypeArguments())
                  .map(GenericTypes::name)
                  .collect(Collectors.joining(", ", "<", ">"));
      case GenericArrayType array -> name(array.getGenericComponentType()) + "[]";
      default -> type.getTypeName();
    };
  }

  /** A parameterized type whose arguments are resolved. */
  private record Generic(Class<?> raw, @Nullable Type owner, List<Type> arguments)
      implements ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return arguments.toArray(Type[]::new);
    }

    @Override
    public Type getRawType() {
      return raw;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return owner;
    }

    @Override
    public String toString() {
      return name(this);
    }
  }

  /** An array of a parameterized type. */
  private record ArrayOf(Type component) implements GenericArrayType {
    @Override
    public Type getGenericComponentType() {
      return component;
    }

    @Override
    public String toString() {
      return name(this);
    }
  }
}
