package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.loomsocket.binding.Handlers.ErrorHandler;
import dev.loomsocket.binding.Handlers.Streams;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandlersTest {
  private final ErrorHandler any = new ErrorHandler(Exception.class, (arguments, payload) -> "any");
  private final ErrorHandler io = new ErrorHandler(IOException.class, (arguments, payload) -> "io");

  private Handlers handlers(ErrorHandler... errors) {
    EventTarget nothing = EventTarget.NOTHING;
    Streams none = new Streams(Optional.empty(), Optional.empty());
    return new Handlers(
        nothing,
        nothing,
        nothing,
        nothing,
        none,
        nothing,
        nothing,
        List.of(errors),
        new UserTypes(false, Optional.empty()),
        false);
  }

  @Test
  void theMostSpecificTypeWinsInEitherOrder() {
    var thrown = new FileNotFoundException();
    assertSame(io.method(), handlers(any, io).forError(thrown).orElseThrow());
    assertSame(io.method(), handlers(io, any).forError(thrown).orElseThrow());
    assertSame(any.method(), handlers(io, any).forError(new Exception()).orElseThrow());
  }

  @Test
  void whatNoTypeFitsHasNoMethod() {
    assertEquals(Optional.empty(), handlers(any, io).forError(new Error()));
  }
}
