package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.binding.Handler.Filler;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundMethodTest {
  private final Arguments arguments = new Arguments(this, new Object[0]);

  String string(String text) {
    return text;
  }

  Reader reader(Reader text) {
    return text;
  }

  InputStream stream(InputStream bytes) {
    return bytes;
  }

  private static BoundMethod bound(String name, Class<?> payload) throws Exception {
    Method method = BoundMethodTest.class.getDeclaredMethod(name, payload);
    Handler handler =
        new Handler(MethodHandles.lookup().unreflect(method), List.of(Filler.payload(payload)));
    return new BoundMethod(HandlerKind.MESSAGE, method, payload, handler);
  }

  @Test
  void aMethodForWholeMessagesTakesThemAsTheyAre() throws Throwable {
    BoundMethod string = bound("string", String.class);
    assertFalse(string.isStreaming());
    assertEquals("hi", string.whole().receive(arguments, "hi"));
    assertEquals("string(String)", string.signature());
  }

  @Test
  void aMethodForStreamsTakesWholeMessagesAsStreams() throws Throwable {
    BoundMethod reader = bound("reader", Reader.class);
    assertTrue(reader.isStreaming());
    assertEquals('h', ((Reader) reader.whole().receive(arguments, "hi")).read());
    BoundMethod stream = bound("stream", InputStream.class);
    assertTrue(stream.isStreaming());
    byte[] bytes = {1, 2};
    InputStream whole = (InputStream) stream.whole().receive(arguments, bytes);
    assertArrayEquals(bytes, whole.readAllBytes());
  }

  @Test
  void aStreamIsHandedOverAsItIs() throws Throwable {
    Reader text = new StringReader("hi");
    assertSame(text, bound("reader", Reader.class).handler().receive(arguments, text));
  }
}
