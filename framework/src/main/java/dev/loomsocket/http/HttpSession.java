package dev.loomsocket.http;

import java.util.Map;
import java.util.Optional;

/**
 * What the server remembers of one browser from request to request: a few strings, which a signed
 * cookie carries. There is none until something is put into it.
 *
 * <pre>{@code
 * app.post("/login", request -> {
 *   String user = checked(request.form("user"), request.form("password"));
 *   request.session().clear();                     // nothing from before goes over
 *   request.session().put("user", user);
 *   return Response.redirect("/");
 * });
 * app.authenticate(request -> request.session().get("user").map(users::find));
 * }</pre>
 *
 * <p>Its changes go out with the response, whatever its status is, when the handler has returned;
 * later ones, by what writes a body for example, are refused. A cookie that is missing, expired,
 * too large or broken, or that was changed by somebody else, is an empty session.
 *
 * <p><b>What it is good for.</b> The browser's user can read it and cannot change it: who is logged
 * in, a language, a message for the next page, but no secrets. It is the whole session, so the
 * server cannot take one back: after {@link #clear} a copy of the old cookie is still good until it
 * expires. What has to end at once needs something on the server that can be looked up, such as a
 * number that a new password changes. Of two requests at the same time the later response wins: a
 * count belongs to the server too.
 *
 * <p><b>Logging in.</b> There is no session id that somebody could have planted beforehand (session
 * fixation), but a cookie that is valid for its planter: clear the session before you put the user
 * into it, as above, and never let a GET log anybody in. With {@code SameSite=Lax} other sites'
 * forms come without the cookie, but links come with it: a GET must not change anything.
 *
 * <p>It lives for the setting {@code session-lifetime}, 24 hours by default; one that is used has
 * its cookie renewed when half of that is over. The setting {@code session-key} signs it. Where
 * browsers come over TLS, by way of a proxy, set {@code session-secure=true}: the cookie is sent
 * over nothing else then, and no other host of the domain can plant one. What the proxy says in
 * headers is not believed.
 *
 * <p>It belongs to its request and to that one's thread.
 */
public interface HttpSession {

  /** The value of that name. */
  Optional<String> get(String name);

  /** All values by their names; they cannot be changed here, and show what is changed later. */
  Map<String, String> values();

  /**
   * Sets a value, in place of one of that name.
   *
   * @throws IllegalArgumentException if the session would become too large for a cookie, which has
   *     at most 4096 bytes; what is larger belongs to the server, and its key here
   * @throws IllegalStateException if the response has gone out
   */
  void put(String name, String value);

  /**
   * Forgets a value. A session without any is gone.
   *
   * @throws IllegalStateException if the response has gone out
   */
  void remove(String name);

  /**
   * Forgets everything, and lets the browser delete the cookie.
   *
   * @throws IllegalStateException if the response has gone out
   */
  void clear();
}
