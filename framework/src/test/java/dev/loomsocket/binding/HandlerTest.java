package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.loomsocket.binding.Handler.Filler;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandlerTest {
  private final Arguments arguments = new Arguments(this, new Object[] {7, "seven"});

  String mixed(StringBuilder service, String payload, int number, String text) {
    return "" + service + payload + number + text;
  }

  void nothing() {}

  int number() {
    return 7;
  }

  byte[] buffer(ByteBuffer buffer) {
    return buffer.array();
  }

  void fails() throws IOException {
    throw new IOException("as it is");
  }

  private static Handler handler(String name, Filler... fillers) throws Exception {
    var method =
        Arrays.stream(HandlerTest.class.getDeclaredMethods())
            .filter(each -> each.getName().equals(name))
            .findFirst()
            .orElseThrow();
    MethodHandle handle = MethodHandles.lookup().unreflect(method);
    return new Handler(handle, List.of(fillers));
  }

  @Test
  void parametersAreFilledFromTheConnectionTheServicesAndThePayload() throws Throwable {
    Handler handler =
        handler(
            "mixed",
            Filler.service(new StringBuilder("s"), StringBuilder.class),
            Filler.payload(String.class),
            Filler.context(Arguments.value(0), int.class),
            Filler.context(Arguments.value(1), String.class));
    assertEquals("shi7seven", handler.receive(arguments, "hi"));
  }

  @Test
  void voidIsNullAndPrimitivesAreBoxed() throws Throwable {
    assertNull(handler("nothing").receive(arguments, null));
    assertEquals(7, handler("number").receive(arguments, null));
  }

  @Test
  void aMethodThatTakesABufferGetsTheArrayWrapped() throws Throwable {
    byte[] bytes = {1, 2};
    Object result = handler("buffer", Filler.payload(ByteBuffer.class)).receive(arguments, bytes);
    assertSame(bytes, result);
    assertArrayEquals(new byte[] {1, 2}, bytes);
  }

  @Test
  void whatTheMethodThrowsComesOutAsItIs() throws Exception {
    Handler fails = handler("fails");
    assertEquals(
        "as it is",
        assertThrows(IOException.class, () -> fails.receive(arguments, null)).getMessage());
  }
}
