package dev.loomsocket.binding;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user's method as a handle of the one type that all handlers have, {@code (Arguments, Object)
 * Object}.
 *
 * <p>Each parameter of the method is filled by a filter, made at start-up, from the connection's
 * {@link Arguments} or from the payload. A call is one {@code invokeExact}: no reflection, no array
 * of arguments.
 */
final class Handler implements EventTarget {
  private static final MethodType TYPE =
      MethodType.methodType(Object.class, Arguments.class, Object.class);
  private static final MethodHandle WRAP = wrap();

  private final MethodHandle handle;

  /**
   * Binds a method.
   *
   * @param method its receiver first
   * @param parameters what fills the parameters behind the receiver
   */
  Handler(MethodHandle method, List<Filler> parameters) {
    MethodHandle[] filters = new MethodHandle[parameters.size() + 1];
    int[] places = new int[filters.length];
    filters[0] =
        Arguments.INSTANCE.asType(
            Arguments.INSTANCE.type().changeReturnType(method.type().parameterType(0)));
    for (int i = 0; i < parameters.size(); i++) {
      filters[i + 1] = parameters.get(i).filter();
      places[i + 1] = parameters.get(i).isPayload() ? 1 : 0;
    }
    MethodHandle returning = method.asType(method.type().changeReturnType(Object.class));
    MethodHandle filled = MethodHandles.filterArguments(returning, 0, filters);
    handle = MethodHandles.permuteArguments(filled, TYPE, places);
  }

  @Override
  public @Nullable Object receive(Arguments arguments, @Nullable Object payload) throws Throwable {
    return (Object) handle.invokeExact(arguments, payload);
  }

  private static MethodHandle wrap() {
    try {
      return MethodHandles.lookup()
          .findStatic(
              ByteBuffer.class, "wrap", MethodType.methodType(ByteBuffer.class, byte[].class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What fills one parameter.
   *
   * @param filter from {@link Arguments}, or from the payload as an Object, to exactly the
   *     parameter's type
   */
  record Filler(MethodHandle filter, boolean isPayload) {
    static Filler context(MethodHandle getter, Class<?> parameter) {
      return new Filler(getter.asType(getter.type().changeReturnType(parameter)), false);
    }

    /** The same for a parameter whose erased type is another one. */
    Filler as(Class<?> parameter) {
      return new Filler(filter.asType(filter.type().changeReturnType(parameter)), isPayload);
    }

    static Filler service(Object service, Class<?> parameter) {
      MethodHandle constant = MethodHandles.constant(parameter, service);
      return new Filler(MethodHandles.dropArguments(constant, 0, Arguments.class), false);
    }

    /**
     * The payload itself; binary messages come as arrays and are wrapped for a method that takes a
     * buffer.
     */
    static Filler payload(Class<?> parameter) {
      MethodHandle filter =
          parameter == ByteBuffer.class ? WRAP : MethodHandles.identity(parameter);
      return new Filler(filter.asType(MethodType.methodType(parameter, Object.class)), true);
    }
  }
}
