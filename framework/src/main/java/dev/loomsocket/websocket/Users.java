package dev.loomsocket.websocket;

/**
 * The users of an application by name, each with all sessions that are theirs: with two tabs open,
 * two. Thread-safe; nothing blocks.
 *
 * <pre>{@code
 * app.post("/orders", request -> {
 *   app.users().user("Ann").send(new Ordered(request.text()));   // in every tab, on every device
 *   return Response.status(204);
 * });
 * }</pre>
 *
 * <p>A session belongs to the user that {@link Session#user()} tells, by the name that its {@link
 * java.security.Principal} had when it opened.
 */
public interface Users {
  /** The user of that name, who need not be there. */
  User user(String name);
}
