/**
 * A microframework for WebSockets on virtual threads: annotate a class, get one instance and one
 * virtual thread per connection, and write plain blocking code.
 */
module dev.loomsocket {
  requires tools.jackson.databind;
  requires static com.github.mustachejava;
  requires static org.jspecify;

  exports dev.loomsocket;
  exports dev.loomsocket.http;
  exports dev.loomsocket.testing;
  exports dev.loomsocket.websocket;

  opens dev.loomsocket.session to
      tools.jackson.databind; // answers and errors are records
}
