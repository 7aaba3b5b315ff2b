package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenericTypesTest {
  private interface Sink<M> {
    void sink(Map<String, ? extends M> all);
  }

  private abstract static class Base<T, U extends Number> implements Sink<List<T>> {
    void plain(T one) {}

    void list(List<T> many) {}

    void array(T[] many) {}

    void arrayOfLists(List<T>[] many) {}

    void bound(U number) {}
  }

  private abstract static class Middle<X> extends Base<X, Long> {}

  private abstract static class Leaf extends Middle<String> {}

  @SuppressWarnings("rawtypes")
  private abstract static class Raw extends Base {}

  private static Type resolved(Class<?> type, String method) {
    for (Class<?> each : HandlerMethods.lineage(type)) {
      for (Method candidate : each.getDeclaredMethods()) {
        if (candidate.getName().equals(method)) {
          return new GenericTypes(type).resolve(candidate.getGenericParameterTypes()[0]);
        }
      }
    }
    throw new AssertionError(method);
  }

  @Test
  void variablesOfSuperclassesAreReplacedThroughSeveralLevels() {
    assertEquals(String.class, resolved(Leaf.class, "plain"));
    assertEquals(Long.class, resolved(Leaf.class, "bound"));
    assertEquals(String[].class, resolved(Leaf.class, "array"));
  }

  @Test
  void variablesInsideOtherTypesAreReplaced() {
    assertEquals("List<String>", GenericTypes.name(resolved(Leaf.class, "list")));
    assertEquals("List<String>[]", GenericTypes.name(resolved(Leaf.class, "arrayOfLists")));
    assertEquals("Map<String, List<String>>", GenericTypes.name(resolved(Leaf.class, "sink")));
  }

  @Test
  void aVariableThatNothingReplacesIsItsBound() {
    assertEquals(Object.class, resolved(Raw.class, "plain"));
    assertEquals(Number.class, resolved(Raw.class, "bound"));
  }

  @Test
  void everyTypeHasARawClass() {
    assertEquals(List.class, GenericTypes.raw(resolved(Leaf.class, "list")));
    assertEquals(List[].class, GenericTypes.raw(resolved(Leaf.class, "arrayOfLists")));
    Type variable = Base.class.getTypeParameters()[1];
    assertEquals(Number.class, GenericTypes.raw(variable));
  }

  @Test
  void parameterClassesAreThoseOfTheSubclass() {
    Method plain =
        Arrays.stream(Base.class.getDeclaredMethods())
            .filter(method -> method.getName().equals("plain"))
            .findFirst()
            .orElseThrow();
    assertEquals(List.of(String.class), new GenericTypes(Leaf.class).parameterClasses(plain));
  }

  private interface Lines extends Sink<String> {}

  @Test
  void aParameterizedTypeTellsTheArgumentsOfItsSupertypes() throws Exception {
    Type variable = Iterable.class.getTypeParameters()[0];
    Method many = Base.class.getDeclaredMethod("list", List.class);
    Type list = new GenericTypes(Leaf.class).resolve(many.getGenericParameterTypes()[0]);
    assertEquals(String.class, new GenericTypes(list).resolve(variable));
    assertEquals(Object.class, new GenericTypes(List.class).resolve(variable));
    Type message = Sink.class.getTypeParameters()[0];
    assertEquals(String.class, new GenericTypes(Lines.class).resolve(message));
  }
}
